package dev.tinysse.luahooks.base64;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class Base64CodecTest {

    private static final int TEXTS = 100_000;

    @ParameterizedTest
    @EnumSource
    void shouldReadWhatItWrote(Base64Codec codec) {
        Random random = new Random(64);
        for (int i = 0; i < TEXTS; i++) {
            byte[] bytes = new byte[random.nextInt(40)];
            random.nextBytes(bytes);
            byte[] text = codec.encode(bytes);
            assertThat(text.length).isEqualTo((int) Base64Codec.encodedLength(bytes.length));
            assertThat(codec.decode(text)).isEqualTo(bytes);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', ignoreLeadingAndTrailingWhitespace = false, textBlock = """
            Z|Invalid input length: 1
            ZhZhg|Invalid input length: 5
            Zg|Invalid padding
            QQg|Invalid padding
            Zg=|Invalid padding
            Zg===|Invalid symbol 61, offset 2.
            Zh==|Invalid last symbol 104, offset 1.
            QgZ=|Invalid last symbol 90, offset 2.
            AZ=h|Invalid symbol 61, offset 2.
            Zg==Zg==|Invalid symbol 61, offset 2.
            ====|Invalid symbol 61, offset 0.
            Zm9v!|Invalid symbol 33, offset 4.
            Zm9v Zm9v|Invalid symbol 32, offset 4.
            -_8=|Invalid symbol 45, offset 0.
            """)
    void shouldSayWhatIsWrongAndWhere(String text, String message) {
        assertThatIllegalArgumentException().isThrownBy(() -> Base64Codec.STANDARD.decode(text.getBytes(US_ASCII)))
                .withMessage(message);
    }

    @Test
    void shouldRefuseTheOtherAlphabet() {
        byte[] bytes = {-1, -1, -1};
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Base64Codec.URL_SAFE.decode(Base64Codec.STANDARD.encode(bytes)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Base64Codec.STANDARD.decode(Base64Codec.URL_SAFE.encode(bytes)));
    }

    @Test
    void shouldRefuseBytesThatAreNotAscii() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Base64Codec.STANDARD.decode(new byte[]{'Z', (byte) 0xe9, 'Z', 'Z'}))
                .withMessage("Invalid symbol 233, offset 1.");
    }
}
