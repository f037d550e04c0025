package dev.tinysse.server.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tinysse.cli.UsageException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SettingsTest {

    @Test
    void shouldShowScriptsWhatIsSet() throws UsageException {
        assertThat(CliTable.of(Reading.flags("-l", "127.0.0.1:0", "-L", "warn", "-k", "1m5s", "-s", "./x/hooks.lua",
                "--script-data", "", "-D", "public/", "--unsafe-script", "-r", "1500us")))
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
        assertThat(CliTable.of(Reading.flags())).doesNotContainKeys("script", "script_data", "serve_static_dir",
                "channels",
                "history", "history_age", "history_size", "data_dir", "durability");
    }

    @Test
    void shouldShowScriptsChannelsAndHistoryWhereTheyAreOn() throws UsageException {
        assertThat(CliTable.of(Reading.flags("--channels", "--history", "10", "--data-dir", "d")))
                .containsEntry("channels", true).containsEntry("history", 10L).containsEntry("history_age", 0L)
                .containsEntry("history_size", 1_000_000_000L).containsEntry("data_dir", "d")
                .containsEntry("durability", "synced");
    }

    @Test
    void shouldTakeEachOptionOnce() {
        assertThat(options(Settings.class, "")).doesNotHaveDuplicates()
                .containsExactlyInAnyOrderElementsOf(Options.ALL.stream().filter(option -> option != Options.CONFIG)
                        .<Option<?>>map(option -> option).toList());
    }

    @Test
    void shouldHaveEachShortNameOnce() {
        assertThat(Options.ALL.stream().flatMap(option -> option.shortName().stream())).doesNotHaveDuplicates();
    }

    private static List<Option<?>> options(Class<?> group, String name) {
        return Stream.of(group.getRecordComponents())
                .flatMap(component -> component.getType().getEnclosingClass() == Settings.class
                        ? options(component.getType(), SettingsBinder.dashed(component.getName())).stream()
                        : Stream.of(SettingsBinder.option(component, name)))
                .toList();
    }
}
