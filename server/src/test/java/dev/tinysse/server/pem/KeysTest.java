package dev.tinysse.server.pem;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys in PEM, as openssl writes them and as the JDK does. */
class KeysTest {
    /** {@code openssl ecparam -name prime256v1 -genkey -noout}. */
    private static final String SEC1 = """
            -----BEGIN EC PRIVATE KEY-----
            MHcCAQEEILsRSpovcN2+f5iOr8gqA1SUe+icy7eTGZG7S2h3jElioAoGCCqGSM49
            AwEHoUQDQgAEUul76uczTzHV07fb3XE1CrDHJeZHId6ntoOWxjQVWITFAVux4zS4
            tHbDzHvvDR94F94mpIeaoqwkQLarbzIbVg==
            -----END EC PRIVATE KEY-----
            """;

    @ParameterizedTest
    @CsvSource({"RSA, 2048, SHA256withRSA", "EC, 256, SHA256withECDSA", "EC, 521, SHA512withECDSA",
            "Ed25519, 255, Ed25519"})
    void shouldReadKeyPairs(String algorithm, int size, String signature) throws Exception {
        KeyPair pair = pair(algorithm, size);
        PrivateKey own = PrivateKeys.of(block("PRIVATE KEY", pair.getPrivate().getEncoded()));
        PublicKey other = PublicKeys.of(block("PUBLIC KEY", pair.getPublic().getEncoded()));
        assertThat(verifies(signature, own, other)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"RSA, 2048", "Ed25519, 255"})
    void shouldFindThePublicKeyToAPrivateOne(String algorithm, int size) throws Exception {
        KeyPair pair = pair(algorithm, size);
        assertThat(PrivateKeys.publicKey(block("PRIVATE KEY", pair.getPrivate().getEncoded())))
                .isEqualTo(pair.getPublic());
    }

    @Test
    void shouldReadPkcs1() throws Exception {
        KeyPair pair = pair("RSA", 2048);
        byte[] pkcs8 = pair.getPrivate().getEncoded();
        byte[] pkcs1 = Der.find(pkcs8, Der.OCTET_STRING).orElseThrow();
        assertThat(PrivateKeys.of(block("RSA PRIVATE KEY", pkcs1))).isEqualTo(pair.getPrivate());
        byte[] bits = Der.find(pair.getPublic().getEncoded(), 0x03).orElseThrow();
        assertThat(PublicKeys.of(block("RSA PUBLIC KEY", Arrays.copyOfRange(bits, 1, bits.length))))
                .isEqualTo(pair.getPublic());
    }

    @Test
    void shouldReadAnEllipticKeyOfSec1AndItsPublicOne() throws Exception {
        PemBlock block = PemBlock.read(SEC1.getBytes(US_ASCII)).getFirst();
        assertThat(verifies("SHA256withECDSA", PrivateKeys.of(block), PrivateKeys.publicKey(block))).isTrue();
    }

    @Test
    void shouldSayThatAnEllipticKeyComesWithoutThePublicOne() throws Exception {
        PemBlock block = block("PRIVATE KEY", pair("EC", 256).getPrivate().getEncoded());
        assertThatThrownBy(() -> PrivateKeys.publicKey(block)).isInstanceOf(PemException.class)
                .hasMessageContaining("-pubout");
    }

    @Test
    void shouldReadSeveralBlocksWithTextBetween() throws Exception {
        String file = "a note\n" + SEC1 + "another\r\n" + SEC1.replace("\n", "\r\n");
        List<PemBlock> blocks = PemBlock.read(file.getBytes(US_ASCII));
        assertThat(blocks).hasSize(2).allMatch(PemBlock::isPrivateKey);
        assertThat(blocks.get(1).content()).isEqualTo(blocks.getFirst().content());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-----BEGIN PUBLIC KEY-----",
            "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PRIVATE KEY-----",
            "-----BEGIN PUBLIC KEY-----\nA\n-----END PUBLIC KEY-----"})
    void shouldRefuseMalformedFiles(String file) {
        assertThatThrownBy(() -> PemBlock.read(file.getBytes(US_ASCII))).isInstanceOf(PemException.class);
    }

    @Test
    void shouldRefuseAFileOfWhichTheEndIsMissing() {
        byte[] file = (SEC1 + SEC1.substring(0, 100)).getBytes(US_ASCII);
        assertThatThrownBy(() -> PemBlock.read(file)).isInstanceOf(PemException.class).hasMessageContaining("block 2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PUBLIC KEY", "CERTIFICATE", "RSA PUBLIC KEY", "PRIVATE KEY", "EC PRIVATE KEY",
            "RSA PRIVATE KEY", "ENCRYPTED PRIVATE KEY", "X"})
    void shouldRefuseOtherContents(String label) throws Exception {
        PemBlock block = block(label, new byte[]{0x30, (byte) 0x84, 127, 1, 2, 3});
        assertThatThrownBy(() -> PublicKeys.of(block)).isInstanceOf(PemException.class);
        assertThatThrownBy(() -> PrivateKeys.of(block)).isInstanceOf(PemException.class);
    }

    private static KeyPair pair(String algorithm, int size) throws GeneralSecurityException {
        KeyPairGenerator pairs = KeyPairGenerator.getInstance(algorithm);
        pairs.initialize(size);
        return pairs.generateKeyPair();
    }

    private static PemBlock block(String label, byte[] content) throws PemException {
        String text = "-----BEGIN %s-----%n%s%n-----END %1$s-----%n".formatted(label,
                Base64.getMimeEncoder().encodeToString(content));
        return PemBlock.read(text.getBytes(US_ASCII)).getFirst();
    }

    private static boolean verifies(String algorithm, PrivateKey own, PublicKey other) throws Exception {
        Signature signature = Signature.getInstance(algorithm);
        signature.initSign(own);
        signature.update((byte) 1);
        byte[] signed = signature.sign();
        signature.initVerify(other);
        signature.update((byte) 1);
        return signature.verify(signed);
    }
}
