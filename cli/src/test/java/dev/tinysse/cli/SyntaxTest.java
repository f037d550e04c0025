package dev.tinysse.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.UnknownHostException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@link Syntax}, {@link Arguments} and {@link Shown}. */
class SyntaxTest {
    private final Syntax syntax = new Syntax("tinysse do", List.of("tinysse do [URL]"), "Does 100%.")
            .option("-n --number", "N", "A number, 100% of it").repeatable("--name", "NAME", "A name")
            .flag("--quiet", "Says nothing").footer("The end.");

    @Test
    void shouldReadOptionsAmongOperands() throws UsageException {
        Arguments arguments = parse("a", "--quiet", "--name", "x", "b", "--name=y z", "-n", "5");
        assertThat(arguments.operands()).containsExactly("a", "b");
        assertThat(arguments.has("--quiet")).isTrue();
        assertThat(arguments.texts("--name")).containsExactly("x", "y z");
        assertThat(arguments.text("--number")).contains("5");
    }

    @Test
    void shouldHaveNothingThatIsNotThere() throws UsageException {
        Arguments arguments = parse();
        assertThat(arguments.operands()).isEmpty();
        assertThat(arguments.has("--quiet")).isFalse();
        assertThat(arguments.texts("--name")).isEmpty();
        assertThat(arguments.text("--number")).isEmpty();
        assertThat(arguments.number("--number", 1, 2)).isEmpty();
        assertThat(arguments.duration("--number")).isEmpty();
        assertThat(arguments.asksForHelp()).isFalse();
    }

    @Test
    void shouldTakeWhatFollowsTwoDashesForOperands() throws UsageException {
        assertThat(parse("--", "--quiet", "-n").operands()).containsExactly("--quiet", "-n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"@file", "\"quoted\"", "-1", " ", ""})
    void shouldTakeValuesAsTheyAre(String value) throws UsageException {
        assertThat(parse("--number", value).text("--number")).contains(value);
    }

    @Test
    void shouldShowHowToUseIt() throws UsageException {
        assertThat(parse("-n", "1", "--help").asksForHelp()).isTrue();
        assertThat(syntax.help()).contains("tinysse do [URL]", "Does 100%.", "-n, --number=N", "A number, 100% of it",
                "Show this text and exit", "The end.");
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "10, 10", "007, 7"})
    void shouldReadNumbersInARange(String text, long number) throws UsageException {
        assertThat(parse("-n", text).number("--number", 1, 10)).contains(number);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "11", "1.5", "+1", "", " 1", "1_0", "99999999999999999999", "٣"})
    void shouldRejectOtherNumbers(String text) throws UsageException {
        Arguments arguments = parse("-n", text);
        assertThatThrownBy(() -> arguments.number("--number", 1, 10)).isInstanceOf(UsageException.class)
                .hasMessage("--number must be a number from 1 to 10: " + Shown.value(text));
    }

    @ParameterizedTest
    @CsvSource({"500ms, 500", "2s, 2000", "1m30s, 90000", "0s, 0"})
    void shouldReadDurations(String text, long millis) throws UsageException {
        assertThat(parse("-n", text).duration("--number")).contains(Duration.ofMillis(millis));
    }

    @ParameterizedTest
    @CsvSource({"0.5, 0.5", "10, 10", "10000000, 10000000"})
    void shouldReadRates(String text, double rate) throws UsageException {
        assertThat(parse("-n", text).rate("--number")).contains(rate);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "0.0", "-1", "NaN", "1e3", "0x1p3", ".5", "10000001", "1234567890"})
    void shouldRejectOtherRates(String text) throws UsageException {
        Arguments arguments = parse("-n", text);
        assertThatThrownBy(() -> arguments.rate("--number")).isInstanceOf(UsageException.class)
                .hasMessage("--number must be a number above 0, of times a second: " + text);
    }

    @Test
    void shouldSuggestAnOptionAndHideItsValue() {
        assertThatThrownBy(() -> parse("--numbr=secret")).isInstanceOf(UsageException.class).hasMessage(
                "there is no such option, did you mean --number?, see tinysse do --help: --numbr");
        assertThatThrownBy(() -> parse("--xyzabc")).isInstanceOf(UsageException.class)
                .hasMessage("there is no such option, see tinysse do --help: --xyzabc");
    }

    @ParameterizedTest
    @CsvSource({"'', '\"\"'", "a, a", "a b, '\"a b\"'", "'a\tb', '\"a\tb\"'"})
    void shouldQuoteValuesWhoseEndsCannotBeSeen(String value, String shown) {
        assertThat(Shown.value(value)).isEqualTo(shown);
    }

    @Test
    void shouldEscapeAllControlCharactersButTabsAndLineFeeds() {
        assertThat(Shown.lines("a\tb\nc\u001b[0m\r\u0007d\n")).startsWith("a\tb\nc").endsWith("d\n")
                .doesNotContain("\u001b", "\r", "\u0007");
        assertThat(Shown.lines("")).isEmpty();
    }

    @Test
    void shouldSayWhyAnOperationFailed() {
        assertThat(Shown.reason(new NoSuchFileException("x"))).isEqualTo("no such file");
        assertThat(Shown.reason(new AccessDeniedException("x"))).isEqualTo("permission denied");
        assertThat(Shown.reason(new UnknownHostException("x"))).isEqualTo("unknown host");
        assertThat(Shown.reason(new SSLHandshakeException("PKIX: unable to find valid certification path to x")))
                .startsWith("the server's certificate is not trusted");
        assertThat(Shown.reason(new SSLHandshakeException("other"))).isEqualTo("other");
        assertThat(Shown.reason(new IOException("words"))).isEqualTo("words");
        assertThat(Shown.reason(new FileNotFoundException())).isEqualTo("FileNotFoundException");
    }

    private Arguments parse(String... words) throws UsageException {
        return syntax.parse(List.of(words));
    }
}
