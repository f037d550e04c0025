package dev.tinysse.server.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tinysse.api.Command;
import dev.tinysse.cli.UsageException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class HelpTest {
    private static final String TEXT = Help.text(List.of());
    private static final int LINE = 110;

    static List<Option<?>> options() {
        return Options.ALL;
    }

    @ParameterizedTest
    @MethodSource("options")
    void shouldNameEveryOption(Option<?> option) {
        assertThat(TEXT).containsPattern(option.flag() + "[ =\n]");
    }

    @Test
    void shouldDescribeTheTwentyOptionsThatMostUsersNeed() {
        assertThat(Options.ALL.stream().filter(Option::common)).hasSize(20)
                .allSatisfy(option -> assertThat(unwrapped(TEXT)).contains(option.description()));
    }

    @ParameterizedTest
    @MethodSource("options")
    void shouldDescribeEveryOptionWithItsDefaultInTheTopicOfAllOptions(Option<?> option) {
        String text = unwrapped(Help.topic(Help.ALL_OPTIONS).orElseThrow());

        assertThat(text).contains(option.flag()).contains(option.description());
        option.shortName().ifPresent(shortName -> assertThat(text).contains("-" + shortName + ", " + option.flag()));
        if (option.format().shape() != Format.Shape.SWITCH && !option.shownDefault().equals("none")) {
            assertThat(text).contains(option.description() + " (default: " + option.shownDefault() + ")");
        }
    }

    @Test
    void shouldDescribeOneGroupAlone() {
        assertThat(Help.topic("clustering").orElseThrow()).startsWith("Clustering\n").contains("--cluster-ack")
                .doesNotContain("--listen");
        assertThat(Help.topic("clusters")).isEmpty();
    }

    @Test
    void shouldShowTheTopicsOfTheHelpCommand() throws UsageException {
        assertThat(Invocation.read(List.of("help", "options"), Map.of(), List::of))
                .isEqualTo(new Invocation.Show(Help.topic(Help.ALL_OPTIONS).orElseThrow()));
    }

    @Test
    void shouldKeepItsLinesShort() {
        assertThat(TEXT.lines()).allMatch(line -> line.length() <= LINE).allMatch(
                line -> line.chars().allMatch(c -> c < 0x7f));
    }

    private static String unwrapped(String text) {
        return text.replaceAll("\\s+", " ");
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
