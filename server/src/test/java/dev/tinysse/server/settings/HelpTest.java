package dev.tinysse.server.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tinysse.api.Command;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class HelpTest {
    private static final String TEXT = Help.text(List.of()).replaceAll("\\s+", " ");

    static List<Option<?>> options() {
        return Options.ALL;
    }

    @ParameterizedTest
    @MethodSource("options")
    void shouldShowEveryFlagWithItsDescriptionAndDefault(Option<?> option) {
        assertThat(TEXT).contains(option.flag()).contains(option.description());
        option.shortName().ifPresent(shortName -> assertThat(TEXT).contains("-" + shortName + ", " + option.flag()));
        if (option.format().shape() != Format.Shape.SWITCH) {
            option.defaultText().ifPresent(
                    text -> assertThat(TEXT).contains(option.description() + " (default: " + text + ")"));
        }
    }

    @Test
    void shouldKeepItsLinesShort() {
        assertThat(Help.text(List.of()).lines()).allMatch(line -> line.length() <= 110).allMatch(
                line -> line.chars().allMatch(c -> c < 0x7f));
    }

    @Test
    void shouldShowTheCommands() {
        assertThat(Help.text(List.of(new Say()))).contains("  say        Says 100% of it");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-h", "--help"})
    void shouldBeThereForTheAsking(String flag) throws UsageException {
        assertThat(Invocation.read(List.of("-c", "5", flag), Map.of(), List::of))
                .isEqualTo(new Invocation.Show(Help.text(List.of())));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-V", "--version"})
    void shouldTellTheVersionOfTheBuild(String flag) throws UsageException {
        assertThat(Version.text()).matches("\\d+\\.\\d+\\.\\d+.*");
        assertThat(Invocation.read(List.of(flag), Map.of(), List::of))
                .isEqualTo(new Invocation.Show("tinysse " + Version.text() + System.lineSeparator()));
    }

    private static final class Say implements Command {
        @Override
        public String name() {
            return "say";
        }

        @Override
        public String summary() {
            return "Says 100% of it";
        }

        @Override
        public int run(List<String> arguments) {
            return 0;
        }
    }
}
