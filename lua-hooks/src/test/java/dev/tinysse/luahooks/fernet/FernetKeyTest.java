package dev.tinysse.luahooks.fernet;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Key and tokens are those of the Fernet specification. */
class FernetKeyTest {

    private static final String KEY = "cw_0x689RpI-jtRR7oE8h_eQsKImvJapLeSbXpwF4e4=";
    private static final String TOKEN = "gAAAAAAdwJ6wAAECAwQFBgcICQoLDA0ODy021cpGVWKZ_eEwCGM4BLLF_5CV9dOPmrhuVUPgJobwOz7JcbmrR64jVmpU4IwqDA==";
    private static final long MADE = 499_162_800;
    private static final int TEXTS = 100_000;

    private static Optional<String> decrypt(String token, OptionalLong ttl, long now) {
        return new FernetKey(KEY, () -> Instant.ofEpochSecond(now)).decrypt(token.getBytes(UTF_8), ttl)
                .map(bytes -> new String(bytes, UTF_8));
    }

    @Test
    void shouldReadTheTokenOfTheSpecification() {
        assertThat(decrypt(TOKEN, OptionalLong.of(60), MADE + 1)).contains("hello");
        assertThat(decrypt(TOKEN.replace("=", ""), OptionalLong.empty(), MADE)).contains("hello");
    }

    @Test
    void shouldAcceptAnyAgeWithoutALimit() {
        assertThat(decrypt(TOKEN, OptionalLong.empty(), MADE + 4_000_000_000L)).contains("hello");
    }

    @Test
    void shouldRefuseATokenOlderThanTheLimit() {
        assertThat(decrypt(TOKEN, OptionalLong.of(60), MADE + 60)).contains("hello");
        assertThat(decrypt(TOKEN, OptionalLong.of(60), MADE + 61)).isEmpty();
        assertThat(decrypt(TOKEN, OptionalLong.of(0), MADE)).contains("hello");
        assertThat(decrypt(TOKEN, OptionalLong.of(Long.MAX_VALUE), MADE + 61)).contains("hello");
    }

    @Test
    void shouldRefuseATokenMoreThanAMinuteAhead() {
        assertThat(decrypt(TOKEN, OptionalLong.empty(), MADE - 60)).contains("hello");
        assertThat(decrypt(TOKEN, OptionalLong.empty(), MADE - 61)).isEmpty();
    }

    /** Wrong signature, too short, no Base64, wrong length of what is encrypted, wrong padding, a time far ahead, wrong vector. */
    @ParameterizedTest
    @ValueSource(strings = {
            "gAAAAAAdwJ6xAAECAwQFBgcICQoLDA0OD3HkMATM5lFqGaerZ-fWPAl1-szkFVzXTuGb4hR8AKtwcaX1YdykQUFBQUFBQUFBQQ==",
            "gAAAAAAdwJ6xAAECAwQFBgcICQoLDA0OD3HkMATM5lFqGaerZ-fWPA==",
            "%%%%%%%%%%%%%AECAwQFBgcICQoLDA0OD3HkMATM5lFqGaerZ-fWPAl1-szkFVzXTuGb4hR8AKtwcaX1YdykRtfsH-p1YsUD2Q==",
            "gAAAAAAdwJ6xAAECAwQFBgcICQoLDA0OD3HkMATM5lFqGaerZ-fWPOm73QeoCk9uGib28Xe5vz6oxq5nmxbx_v7mrfyudzUm",
            "gAAAAAAdwJ6xAAECAwQFBgcICQoLDA0ODz4LEpdELGQAad7aNEHbf-JkLPIpuiYRLQ3RtXatOYREu2FWke6CnJNYIbkuKNqOhw==",
            "gAAAAAAdwStRAAECAwQFBgcICQoLDA0OD3HkMATM5lFqGaerZ-fWPAnja1xKYyhd-Y6mSkTOyTGJmw2Xc2a6kBd-iX9b_qXQcw==",
            "gAAAAAAdwJ6xBQECAwQFBgcICQoLDA0OD3HkMATM5lFqGaerZ-fWPAkLhFLHpGtDBRLRTZeUfWgHSv49TF2AUEZ1TIvcZjK1zQ==",
            "", "gA", "not a token!"})
    void shouldRefuseWhatIsNoTokenOfThisKey(String token) {
        assertThat(decrypt(token, OptionalLong.of(60), MADE + 1)).isEmpty();
    }

    @Test
    void shouldReadWhatItWroteAndNothingElse() {
        FernetKey key = new FernetKey(FernetKey.generate(), InstantSource.system());
        Random random = new Random(128);
        for (int i = 0; i < TEXTS; i++) {
            byte[] plain = new byte[random.nextInt(100)];
            random.nextBytes(plain);
            byte[] token = key.encrypt(plain);
            assertThat(token.length).isEqualTo((int) FernetKey.tokenLength(plain.length));
            assertThat(key.decrypt(token, OptionalLong.of(60)).orElseThrow()).isEqualTo(plain);
            token[random.nextInt(token.length - 4)] ^= 1;
            assertThat(key.decrypt(token, OptionalLong.empty())).isEmpty();
        }
    }

    @Test
    void shouldTakeKeysWithAnyPadding() {
        for (String key : new String[]{KEY, KEY.replace("=", ""), KEY + "=="}) {
            assertThat(new FernetKey(key, InstantSource.system()).decrypt(TOKEN.getBytes(UTF_8), OptionalLong.empty()))
                    .isPresent();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "cw_0x689RpI-jtRR7oE8h_eQsKImvJapLeSbXpwF4e",
            "cw/0x689RpI+jtRR7oE8h/eQsKImvJapLeSbXpwF4e4=",
            "cw_0x689RpI-jtRR7oE8h_eQsKImvJapLeSbXpwF4e4=\n", "cw_0x689RpI-jtRR7oE8h_eQsKImvJapLeSbXpwF4e4AAAA="})
    void shouldRefuseOtherKeys(String key) {
        assertThatIllegalArgumentException().isThrownBy(() -> new FernetKey(key, InstantSource.system()))
                .withMessage("key must be 32-bytes, url-safe base64-encoded");
    }

    @Test
    void shouldMakeKeysAndTokensThatDiffer() {
        assertThat(FernetKey.generate()).hasSize(44).isNotEqualTo(FernetKey.generate());
        FernetKey key = new FernetKey(KEY, InstantSource.system());
        assertThat(Arrays.equals(key.encrypt(new byte[1]), key.encrypt(new byte[1]))).isFalse();
    }
}
