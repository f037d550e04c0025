package dev.tinysse.api.internal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PercentCodesTest {

    @ParameterizedTest
    @CsvSource({"a%20b, 'a b'", "%C3%a4, ä", "100%, 100%", "%4, %4", "%zz%41, %zzA", "%%41, %A", "a+b, a+b"})
    void shouldDecodeOnceAndLeaveWhatIsNoCode(String text, String decoded) {
        assertThat(new String(PercentCodes.decode(text.getBytes(UTF_8)), UTF_8)).isEqualTo(decoded);
    }

    @Test
    void shouldReadAPlusSignOfAFormAsASpace() {
        byte[] form = "a=b+%2B&c".getBytes(UTF_8);

        assertThat(new String(PercentCodes.decodeForm(form, 2, 7), UTF_8)).isEqualTo("b +");
    }

    @Test
    void shouldNotLookBehindTheEnd() {
        byte[] form = "%41".getBytes(UTF_8);

        assertThat(new String(PercentCodes.decodeForm(form, 0, 2), UTF_8)).isEqualTo("%4");
    }
}
