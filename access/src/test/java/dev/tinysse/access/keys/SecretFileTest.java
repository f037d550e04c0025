package dev.tinysse.access.keys;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import dev.tinysse.server.pem.PemException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.security.KeyPair;
import java.security.interfaces.ECPublicKey;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Public keys in forms that are not read are no secrets, and random bytes are. */
class SecretFileTest {
    private static final KeyPair EC = KeyPairs.of("EC", 256);
    private static final byte[] DER = EC.getPublic().getEncoded();
    private static final String PEM = new String(KeyPairs.pem(EC.getPublic()), US_ASCII);
    private static final String JWK = new ECKey.Builder(Curve.P_256, (ECPublicKey) EC.getPublic()).build()
            .toJSONString();
    private static final String BASE64 = Base64.getEncoder().encodeToString(DER);
    private static final String SSH = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIB0000000000000000000000000 me";

    private static void assertNoSecret(byte[] file) {
        assertThatThrownBy(() -> KeyFile.publicKeys(file)).isInstanceOf(PemException.class)
                .hasMessageContaining("which is not supported").hasMessageContaining("--jwt-secret");
        assertThatThrownBy(() -> KeyFile.secrets(file)).isInstanceOf(PemException.class)
                .hasMessageContaining("which is not supported").hasMessageContaining("--jwt-key");
        assertThatThrownBy(() -> SigningKey.read(file)).isInstanceOf(PemException.class);
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
    }

    static Stream<String> texts() {
        return Stream.of("[" + JWK + "]",
                "[" + JWK.replaceFirst("\\{", "{\"kid\":\"" + "\u6708".repeat(200) + "\",") + "]",
                "# key\n" + JWK, "// key\n" + JWK, "\u00a0" + JWK, "\0" + JWK, "keys=" + JWK,
                "\"" + JWK.replace("\"", "\\\"") + "\"", base64(JWK), base64(PEM), base64(base64(PEM)),
                base64("[" + JWK + "]"), BASE64 + "\n", BASE64.replace("=", ""), "# key\n" + BASE64,
                "jwt.key=" + BASE64, Base64.getUrlEncoder().encodeToString(DER),
                Base64.getMimeEncoder(64, new byte[]{'\n'}).encodeToString(DER),
                HexFormat.of().formatHex(DER), HexFormat.ofDelimiter(":").withUpperCase().formatHex(DER) + "\n",
                "# my key\n" + SSH, SSH.substring(12), "restrict " + SSH, PEM.replace("-----", "----"),
                "---- BEGIN SSH2 PUBLIC KEY ----\n" + SSH.substring(12) + "\n---- END SSH2 PUBLIC KEY ----\n",
                PEM.toLowerCase(java.util.Locale.ROOT),
                "<RSAKeyValue><Modulus>" + "A".repeat(344) + "</Modulus><Exponent>AQAB</Exponent></RSAKeyValue>",
                "keys:\n- kty: EC\n  crv: P-256\n  x: " + "A".repeat(43) + "\n",
                "<!doctype html><html><head><title>404 Not Found</title></head></html>",
                "https://login.example.org/.well-known/jwks.json", "Public-Key: (256 bit)\npub:\n    04:8a:a0:75:c8");
    }

    @ParameterizedTest
    @MethodSource("texts")
    void shouldRefuseTextOfAPublicKeyInAnotherForm(String text) {
        assertNoSecret(text.getBytes(UTF_8));
        if (!text.startsWith("\0")) {
            assertNoSecret(("\ufeff" + text).getBytes(UTF_8));
        }
    }

    @Test
    void shouldRefuseUtf16() {
        for (String text : List.of(JWK, PEM, "a secret of more than 32 bytes")) {
            for (Charset charset : List.of(UTF_16LE, UTF_16BE)) {
                assertNoSecret(("\ufeff" + text).getBytes(charset));
            }
        }
        assertNoSecret(PEM.getBytes(UTF_16BE));
    }

    @Test
    void shouldRefuseAJwkThatIsNotInUtf8() {
        assertNoSecret(JWK.replaceFirst("\\{", "{\"kid\":\"\u00e9\",").getBytes(ISO_8859_1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "\r\n", "\n\n", " "})
    void shouldRefuseDer(String end) {
        for (KeyPair pair : List.of(EC, KeyPairs.of("RSA", 2048), KeyPairs.of("Ed25519", 255))) {
            ByteArrayOutputStream file = new ByteArrayOutputStream();
            file.writeBytes(pair.getPublic().getEncoded());
            file.writeBytes(end.getBytes(US_ASCII));
            assertNoSecret(file.toByteArray());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"\r", "\n"})
    void shouldRefuseAPointWhoseLastByteIsALineBreak(String last) {
        byte[] point = ("\u0004" + "x".repeat(63) + last + "\n").getBytes(ISO_8859_1);
        assertNoSecret(point);
    }

    @Test
    void shouldRefuseThePointOfAPublicKey() {
        for (int bits : List.of(256, 384, 521)) {
            byte[] der = KeyPairs.of("EC", bits).getPublic().getEncoded();
            byte[] point = Arrays.copyOfRange(der, der.length - 1 - (bits + 7) / 8 * 2, der.length);
            assertNoSecret(point);
            assertNoSecret((new String(point, ISO_8859_1) + "\n").getBytes(ISO_8859_1));
            assertNoSecret(HexFormat.of().formatHex(point).getBytes(US_ASCII));
            assertNoSecret(Base64.getEncoder().encode(point));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {32, 33, 34, 48, 64, 65, 97, 256})
    void shouldTakeRandomSecretsInAnyForm(int length) throws Exception {
        Random random = new Random(length);
        for (int i = 0; i < 1000; i++) {
            byte[] bytes = new byte[length];
            random.nextBytes(bytes);
            if (bytes[0] == 4) {
                bytes[0] = 5; // else it might be a point
            }
            for (byte[] secret : List.of(bytes, Base64.getEncoder().encode(bytes), Base64.getUrlEncoder().encode(bytes),
                    Base64.getMimeEncoder().encode(bytes), HexFormat.of().formatHex(bytes).getBytes(US_ASCII),
                    (HexFormat.of().formatHex(bytes) + "\n").getBytes(US_ASCII))) {
                assertThat(KeyFile.secrets(secret)).singleElement()
                        .matches(VerificationKey::isSecret);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"correct horse battery staple, and then some", "#7f!kd92;sSk+ad__sad=asd%sd-k23kds92",
            "00000000-0000-0000-0000-000000000000", "Schl\u00fcssel, der ziemlich lang ist, und geheim"})
    void shouldTakeOtherText(String text) throws Exception {
        byte[] secret = text.getBytes(UTF_8);
        assertThat(SecretFile.read(secret)).isSameAs(secret);
    }
}
