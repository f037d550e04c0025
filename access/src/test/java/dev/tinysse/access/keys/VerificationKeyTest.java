package dev.tinysse.access.keys;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.util.Base64URL;
import dev.tinysse.server.pem.PemException;
import java.security.Key;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Signatures of every algorithm, whole and damaged. */
class VerificationKeyTest {
    private static final Map<String, Integer> CURVES = Map.of("ES256", 256, "ES384", 384, "ES512", 521);

    static Stream<JWSAlgorithm> algorithms() {
        return Stream.concat(Algorithms.HMAC.stream(), Algorithms.ofPublicKeys().stream());
    }

    /** The signing and the verifying key, each as a file: a secret is both. */
    private record Files(byte[] signing, byte[] verifying) {
        static Files of(JWSAlgorithm algorithm) {
            if (Algorithms.HMAC.contains(algorithm)) {
                byte[] secret = new byte[64];
                new Random().nextBytes(secret);
                return new Files(secret, secret);
            }
            var pair = Algorithms.RSA.contains(algorithm)
                    ? KeyPairs.of("RSA", 2048)
                    : CURVES.containsKey(algorithm.getName())
                            ? KeyPairs.of("EC", CURVES.get(algorithm.getName()))
                            : KeyPairs.of("Ed25519", 255);
            return new Files(pem(pair.getPrivate()), pem(pair.getPublic()));
        }

        private static byte[] pem(Key key) {
            return KeyPairs.pem(key);
        }

        VerificationKey key() throws PemException {
            return KeyFile.anyKeys(verifying).getFirst();
        }
    }

    private static boolean verifies(VerificationKey key, JWSAlgorithm algorithm, byte[] signed, byte[] signature) {
        return key.verifies(new JWSHeader(algorithm), signed, Base64URL.encode(signature));
    }

    @ParameterizedTest
    @MethodSource("algorithms")
    void shouldTakeTheSignatureOfItsTextAloneAndWhole(JWSAlgorithm algorithm) throws Exception {
        Files files = Files.of(algorithm);
        String token = SigningKey.read(files.signing).sign(algorithm, Optional.empty(), Map.of("sub", "anna"));
        byte[] signed = token.substring(0, token.lastIndexOf('.')).getBytes(US_ASCII);
        byte[] signature = new Base64URL(token.substring(token.lastIndexOf('.') + 1)).decode();
        VerificationKey key = files.key();

        assertThat(key.algorithms()).contains(algorithm);
        assertThat(verifies(key, algorithm, signed, signature)).isTrue();
        assertThat(verifies(Files.of(algorithm).key(), algorithm, signed, signature)).as("another key").isFalse();
        for (int i = 0; i < signature.length; i++) {
            assertThat(verifies(key, algorithm, signed, flipped(signature, i))).as("byte %d of it", i).isFalse();
        }
        for (int i = 0; i < signed.length; i++) {
            assertThat(verifies(key, algorithm, flipped(signed, i), signature)).as("byte %d of the text", i).isFalse();
        }
        for (int length : List.of(0, 1, signature.length / 2, signature.length - 1, signature.length + 1,
                signature.length * 2)) {
            assertThat(verifies(key, algorithm, signed, Arrays.copyOf(signature, length))).as("%d bytes", length)
                    .isFalse();
        }
    }

    private static byte[] flipped(byte[] bytes, int at) {
        byte[] copy = bytes.clone();
        copy[at] ^= (byte) (1 << at % 8);
        return copy;
    }

    /** RFC 7515, appendix A.3. */
    @Test
    void shouldTakeTheExampleOfEs256() throws Exception {
        assertExample("{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU\","
                + "\"y\":\"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0\"}",
                "eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb2"
                        + "90Ijp0cnVlfQ",
                "DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q");
    }

    /** RFC 7515, appendix A.4. */
    @Test
    void shouldTakeTheExampleOfEs512() throws Exception {
        assertExample(
                "{\"kty\":\"EC\",\"crv\":\"P-521\",\"x\":\"AekpBQ8ST8a8VcfVOTNl353vSrDCLLJXmPk06wTjxrrjcBpXp5EOnYG_NjFZ6OvLFV1jSfS9"
                        + "tsz4qUxcWceqwQGk\",\"y\":\"ADSmRA43Z1DSNx_RvcLI87cdL07l6jQyyBXMoxVg_l2Th-x3S1WDhjDly79ajL4Kkd0AZMaZmh9ubmf63e3kyMj2\"}",
                "eyJhbGciOiJFUzUxMiJ9.UGF5bG9hZA",
                "AdwMgeerwtHoh-l192l60hp9wAHZFVJbLfD_UxMi70cwnZOYaRI1bKPWROc-mZZqwqT2SI-KGDKB34XO0aw_7XdtAG8GaSwFKdCAPZgoXD2"
                        + "YBJZCPEX3xKpRwcdOO8KpEHwJjyqOgzDO7iKvU8vcnwNrmxYbSW9ERBXukOXolLzeO_Jn");
    }

    private static void assertExample(String jwk, String signed, String signature) throws PemException {
        VerificationKey key = KeyFile.publicKeys(jwk.getBytes(US_ASCII)).getFirst();
        JWSAlgorithm algorithm = key.algorithms().iterator().next();
        byte[] numbers = new Base64URL(signature).decode();
        assertThat(verifies(key, algorithm, signed.getBytes(US_ASCII), numbers)).isTrue();
        assertThat(verifies(key, algorithm, (signed + "A").getBytes(US_ASCII), numbers)).isFalse();
    }
}
