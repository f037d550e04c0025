package dev.tinysse.lua.lib.pattern;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MatcherTest {

    @ParameterizedTest
    @CsvSource(quoteCharacter = '"', value = {"hello, l+, ll", "hello, .-o, hello", "hello, ^h.l, hel",
            "\"  key = val\", %w+, key",
            "a-b, %-, -", "x]y, []], ]", "x^y, [x^]+, x^", "f(a(b)c)d, %b(), (a(b)c)",
            "THE (quick) fox, %f[%a]%a+, THE",
            "abcabc, (abc)%1, abcabc", "aaab, a*b, aaab", "ab, a?b$, ab", "0x1F, %x+, 0", "a$b, a$b, a$b",
            "a-z, [a-]+, a-", "x%y, [%%]y, %y"})
    void shouldFindTheFirstMatch(String subject, String pattern, String match) {
        assertThat(find(subject, pattern)).isEqualTo(match);
    }

    @ParameterizedTest
    @CsvSource({"hello, ^l", "hello, lx?$", "(abc, %b()", "abc, %d", "abc, ^b", "THE, %f[%l]"})
    void shouldSeeThatThereIsNoMatch(String subject, String pattern) {
        assertThat(find(subject, pattern)).isNull();
    }

    @Test
    void shouldCapturePositionsAndNestedParts() {
        Matcher matcher = matcher("key=val", "()((%w+)=(%w+))", true);
        assertThat(matcher.find(0, -1)).isZero();
        assertThat(matcher.captures()).isEqualTo(4);
        assertThat(matcher.captureLength(0)).isEqualTo(Matcher.POSITION);
        assertThat(matcher.captureStart(3)).isEqualTo(4);
        assertThat(matcher.captureLength(3)).isEqualTo(3);
    }

    @Test
    void shouldPassOverAMatchThatEndsWhereTheLastOneDid() {
        Matcher matcher = matcher("ab", "x*", false);
        assertThat(matcher.find(0, 0)).isEqualTo(1);
    }

    @Test
    void shouldTakeACaretForACharacterWhereItIsNoAnchor() {
        assertThat(matcher("a^b", "^b", false).find(0, -1)).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '"', value = {"a, a%, malformed pattern (ends with '%')",
            "a, [a, malformed pattern (missing ']')",
            "a, [%], malformed pattern (missing ']')", "a, %b, malformed pattern (missing arguments to '%b')",
            "a, %fa, missing '[' after '%f' in pattern", "a, a), invalid pattern capture",
            "a, (a)%2, invalid capture index %2",
            "a, %0, invalid capture index %0", "a, (%1), invalid capture index %1"})
    void shouldReportWhatIsMalformed(String subject, String pattern, String message) {
        assertThatThrownBy(() -> find(subject, pattern)).hasMessage(message);
    }

    @Test
    void shouldNotLookForMistakesWhereNoMatchGetsTo() {
        assertThat(find("a", "b%")).isNull();
    }

    @Test
    void shouldReportACaptureThatIsNotClosed() {
        Matcher matcher = matcher("a", "(a", true);
        matcher.find(0, -1);
        assertThatThrownBy(() -> matcher.captureLength(0)).hasMessage("unfinished capture");
    }

    @Test
    void shouldReportTooManyCaptures() {
        assertThatThrownBy(() -> find("a", "()".repeat(33))).hasMessage("too many captures");
    }

    @Test
    void shouldRefuseToGoTooDeep() {
        assertThat(find("a".repeat(80), ".?".repeat(80))).hasSize(80);
        assertThatThrownBy(() -> find("a".repeat(300), ".?".repeat(300))).hasMessage("pattern too complex");
    }

    @Test
    void shouldNeedNoDepthForLongSubjects() {
        assertThat(find("x".repeat(1_000_000), ".-$")).hasSize(1_000_000);
        assertThat(find("x".repeat(1_000_000), "x*")).hasSize(1_000_000);
    }

    @Test
    void shouldCallBackDuringALongSearchSoThatItCanBeStopped() {
        AtomicInteger polls = new AtomicInteger();
        byte[] subject = bytes("a".repeat(30));
        Pattern pattern = PatternReader.read(bytes("a?".repeat(30) + "a".repeat(30) + "b"), 0, 91, true);
        Matcher matcher = new Matcher(pattern, subject, 0, subject.length, () -> {
            if (polls.incrementAndGet() == 3) {
                throw new IllegalStateException("stopped");
            }
        });
        assertThatThrownBy(() -> matcher.find(0, -1)).hasMessage("stopped");
    }

    @Test
    void shouldTreatTheEndsAsZeroAtAFrontier() {
        assertThat(matcher("a", "%f[%z]", true).find(0, -1)).isEqualTo(1);
        assertThat(matcher("a", "%f[a]", true).find(0, -1)).isZero();
    }

    private static String find(String subject, String pattern) {
        Matcher matcher = matcher(subject, pattern, true);
        int start = matcher.find(0, -1);
        return start < 0 ? null : subject.substring(start, matcher.matchEnd());
    }

    private static Matcher matcher(String subject, String pattern, boolean mayAnchor) {
        byte[] text = bytes(pattern);
        Pattern read = new PatternCache().get(text, 0, text.length, mayAnchor);
        return new Matcher(read, bytes(subject), 0, subject.length(), () -> {});
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
