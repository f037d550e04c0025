package dev.tinysse.server.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SettingsTest {

    @Test
    void shouldShowScriptsWhatIsSet() throws UsageException {
        assertThat(Reading.flags("-l", "127.0.0.1:0", "-L", "warn", "-k", "1m5s", "-s", "./x/hooks.lua",
                "--script-data", "", "-D", "public/", "--unsafe-script", "-r", "1500us").cli())
                .isEqualTo(Map.ofEntries(Map.entry("listen", "127.0.0.1:0"), Map.entry("log_level", "WARN"),
                        Map.entry("keep_alive", 65_000L), Map.entry("keep_alive_text", "keep-alive"),
                        Map.entry("timeout", 300_000L), Map.entry("timeout_retry", 1L), Map.entry("capacity", 256L),
                        Map.entry("script", "./x/hooks.lua"), Map.entry("script_tick", 500L),
                        Map.entry("script_data", ""), Map.entry("unsafe_script", true), Map.entry("pub_path", "/sse"),
                        Map.entry("sub_path", "/sse"), Map.entry("serve_static_dir", "public/"),
                        Map.entry("serve_static_path", "/")));
    }

    @Test
    void shouldNotShowScriptsWhatIsNotSet() throws UsageException {
        assertThat(Reading.flags().cli()).doesNotContainKeys("script", "script_data", "serve_static_dir");
    }

    @Test
    void shouldNameEachValueAsItsOption() {
        Set<String> names = Stream.of(Settings.class.getRecordComponents()).flatMap(SettingsTest::names)
                .collect(Collectors.toSet());

        assertThat(names).isEqualTo(Options.ALL.stream().filter(option -> option != Options.CONFIG).map(Option::name)
                .collect(Collectors.toSet()));
    }

    @Test
    void shouldHaveEachLetterOnce() {
        assertThat(Options.ALL.stream().flatMap(option -> option.letter().stream())).doesNotHaveDuplicates();
    }

    private static Stream<String> names(RecordComponent component) {
        String name = dashed(component.getName());
        return switch (name) {
            case "listen", "log-level" -> Stream.of(name);
            case "serve-static", "cors" -> components(component).map(inner -> name + "-" + inner);
            default -> components(component);
        };
    }

    private static Stream<String> components(RecordComponent group) {
        return Arrays.stream(group.getType().getRecordComponents()).map(inner -> dashed(inner.getName()));
    }

    private static String dashed(String name) {
        return name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }
}
