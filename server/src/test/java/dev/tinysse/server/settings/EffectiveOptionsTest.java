package dev.tinysse.server.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tinysse.cli.UsageException;
import dev.tinysse.server.settings.EffectiveOptions.EffectiveOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EffectiveOptionsTest {

    private static EffectiveOption option(String name, List<String> flags, Map<String, String> environment)
            throws UsageException {
        return ((Invocation.Serve) Invocation.read(flags, environment, List::of)).options().list().stream()
                .filter(option -> option.name().equals(name)).findFirst().orElseThrow();
    }

    private static String value(String raw) {
        return EffectiveOptions.shown("cluster", raw);
    }

    @Test
    void shouldTellWhereAValueComesFrom() throws UsageException {
        assertThat(option("capacity", List.of("--capacity", "7"), Map.of("TINYSSE_CAPACITY", "8")))
                .isEqualTo(new EffectiveOption("capacity", Optional.of("7"), "--capacity"));
        assertThat(option("capacity", List.of(), Map.of("TINYSSE_CAPACITY", "8")))
                .isEqualTo(new EffectiveOption("capacity", Optional.of("8"), "TINYSSE_CAPACITY"));
        assertThat(option("capacity", List.of(), Map.of()))
                .isEqualTo(new EffectiveOption("capacity", Optional.of("256"), "the default"));
        assertThat(option("script", List.of(), Map.of()))
                .isEqualTo(new EffectiveOption("script", Optional.empty(), "not set"));
    }

    @Test
    void shouldNotShowWhatIsSecret() throws UsageException {
        assertThat(option("script-data", List.of("--script-data", "s3cret"), Map.of()).value()).hasValue("(not shown)");
        assertThat(value("redis://user:s3c@r/et@host:6379/0")).isEqualTo("redis://***@host:6379/0");
        assertThat(value("redis-sentinel://:s3cret@one:1,two:2/master"))
                .isEqualTo("redis-sentinel://***@one:1,two:2/master");
        assertThat(value("https://host/keys?token=s3cret")).isEqualTo("https://host/keys?***");
    }

    @Test
    void shouldShowEverythingElseAsItIs() {
        assertThat(value("127.0.0.1:1983")).isEqualTo("127.0.0.1:1983");
        assertThat(value("https://one.example, https://two.example"))
                .isEqualTo("https://one.example, https://two.example");
        assertThat(value("ann@example.org")).isEqualTo("ann@example.org");
    }
}
