package dev.tinysse.access.keys;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyOperation;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.jwk.RSAKey;
import dev.tinysse.server.pem.PemException;
import java.io.ByteArrayOutputStream;
import java.security.KeyPair;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The valid contents of files with keys, and those that are never used as a secret. */
class KeyFileTest {
    private static final KeyPair EC = KeyPairs.of("EC", 256);
    private static final KeyPair RSA = KeyPairs.of("RSA", 2048);
    private static final KeyPair ED = KeyPairs.of("Ed25519", 255);

    /** A point of P-256 whose y is written as y + p. */
    static final String COORDINATE_BEYOND_THE_FIELD = "{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAU\",\"y\":\"AbptvERVp-f7AW7EMWZ-hSHuNa_FmyZcOsy-o_fNtwQy\"}";

    private static List<VerificationKey> read(byte[] file) throws PemException {
        return KeyFile.publicKeys(file);
    }

    private static void assertRefused(byte[] file, String reason) {
        assertThatThrownBy(() -> read(file)).isInstanceOf(PemException.class).hasMessageContaining(reason);
    }

    @Test
    void shouldReadAllPublicKeysOfAFile() throws Exception {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.writeBytes(KeyPairs.pem(EC.getPublic()));
        file.writeBytes(KeyPairs.pem(RSA.getPublic()));
        file.writeBytes(KeyPairs.pem(ED.getPublic()));
        List<VerificationKey> keys = read(file.toByteArray());
        assertThat(keys).hasSize(3);
        assertThat(keys.get(0).algorithms()).containsExactly(JWSAlgorithm.ES256);
        assertThat(keys.get(1).algorithms()).containsExactlyInAnyOrderElementsOf(Algorithms.RSA);
        assertThat(keys.get(2).algorithms()).containsExactlyInAnyOrder(JWSAlgorithm.EdDSA, JWSAlgorithm.Ed25519);
        assertThat(keys).allMatch(key -> key.hasId(Optional.of("any")) && key.hasId(Optional.empty()));
    }

    @Test
    void shouldTakeAllBytesOfASecret() throws Exception {
        assertThat(KeyFile.secrets("0123456789012345678901234567890\n".getBytes(US_ASCII)).getFirst().algorithms())
                .containsExactly(JWSAlgorithm.HS256);
        assertThat(KeyFile.secrets(new byte[64]).getFirst().algorithms())
                .containsExactlyInAnyOrderElementsOf(Algorithms.HMAC);
        assertNoSecret("0123456789012345678901234567890".getBytes(US_ASCII), "bytes=31");
        assertNoSecret(new byte[0], "bytes=0");
    }

    private static void assertNoSecret(byte[] file, String reason) {
        assertThatThrownBy(() -> KeyFile.secrets(file)).isInstanceOf(PemException.class)
                .hasMessageContaining("--jwt-key").hasMessageContaining(reason);
    }

    @Test
    void shouldNameTheOptionOfPublicKeysWhereASecretIsExpected() {
        assertNoSecret(KeyPairs.pem(EC.getPublic()), "PEM");
        assertNoSecret(KeyPairs.pem(EC.getPrivate()), "PEM");
        JWK ec = new ECKey.Builder(Curve.P_256, (ECPublicKey) EC.getPublic()).build();
        JWK secret = new OctetSequenceKey.Builder(new byte[32]).build();
        assertNoSecret(ec.toJSONString().getBytes(UTF_8), "public key");
        assertNoSecret(new JWKSet(List.of(ec, secret)).toString(false).getBytes(UTF_8), "public key");
    }

    @Test
    void shouldReadSecretsOfJwks() throws Exception {
        JWK secret = new OctetSequenceKey.Builder(new byte[32]).keyID("s").build();
        assertThat(KeyFile.secrets(new JWKSet(secret).toString(false).getBytes(UTF_8))).singleElement()
                .matches(key -> key.isSecret() && key.isNamed("s"));
    }

    @Test
    void shouldNameTheOptionOfSecretsWherePublicKeysAreExpected() {
        assertRefused(new byte[31], "--jwt-secret takes HMAC secrets");
        assertRefused(RSA.getPublic().getEncoded(), "--jwt-secret takes HMAC secrets");
    }

    /** For one release. */
    @Test
    void shouldStillTakeASecretWherePublicKeysAreExpected() throws Exception {
        assertThat(read(new byte[32])).singleElement().matches(VerificationKey::isSecret);
    }

    @Test
    void shouldReadJwksThatAreForSignatures() throws Exception {
        JWK ec = new ECKey.Builder(Curve.P_256, (ECPublicKey) EC.getPublic()).keyID("a").build();
        JWK encryption = new RSAKey.Builder((RSAPublicKey) RSA.getPublic()).keyUse(KeyUse.ENCRYPTION).build();
        JWK limited = new RSAKey.Builder((RSAPublicKey) RSA.getPublic()).algorithm(JWSAlgorithm.PS256).build();
        JWK secret = new OctetSequenceKey.Builder(new byte[32]).keyID("s").build();
        assertThat(read(ec.toJSONString().getBytes(UTF_8))).hasSize(1).allMatch(key -> key.isNamed("a"));
        String set = " \n" + new JWKSet(List.of(ec, encryption, limited, secret)).toString(false);
        List<VerificationKey> keys = read(set.getBytes(UTF_8));
        assertThat(keys).hasSize(3);
        assertThat(keys.get(0).hasId(Optional.of("b"))).isFalse();
        assertThat(keys.get(0).hasId(Optional.empty())).isTrue();
        assertThat(keys.get(1).algorithms()).containsExactly(JWSAlgorithm.PS256);
        assertThat(keys.get(2).algorithms()).containsExactly(JWSAlgorithm.HS256);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"keys\":[{\"kty\":\"RSA\",\"n\":\"AQAB", "{ this is a secret of more than 32 bytes }",
            "{\"keys\":7,\"and\":\"more than 32 bytes\"}", "{\"keys\":[],\"and\":\"more than 32 bytes\"}"})
    void shouldNeverTakeAMalformedKeySetForASecret(String file) {
        assertThatThrownBy(() -> read(file.getBytes(UTF_8))).isInstanceOf(PemException.class);
    }

    @Test
    void shouldNeverTakeAPublicKeyInAnotherFormForASecret() {
        assertRefused(RSA.getPublic().getEncoded(), "DER");
        assertRefused(EC.getPublic().getEncoded(), "DER");
        assertRefused("ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIB0000000000000000000000000 me".getBytes(US_ASCII), "SSH");
        assertRefused("-----BEGIN PUBLIC KEY-----\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA".getBytes(US_ASCII), "no end");
    }

    @Test
    void shouldNeverTakeAPublicKeyInBase64AloneForASecret() throws Exception {
        byte[] lines = Base64.getMimeEncoder().encode(RSA.getPublic().getEncoded());
        assertRefused(lines, "Base64");
        assertRefused((new String(lines, US_ASCII) + "\n").getBytes(US_ASCII), "Base64");
        assertRefused(Base64.getEncoder().encode(EC.getPublic().getEncoded()), "Base64");
        assertThat(read(Base64.getEncoder().encode(new byte[48]))).hasSize(1);
    }

    @Test
    void shouldReadAJwkBehindAByteOrderMark() throws Exception {
        JWK ec = new ECKey.Builder(Curve.P_256, (ECPublicKey) EC.getPublic()).keyID("é").build();
        assertThat(read(("\ufeff" + ec.toJSONString()).getBytes(UTF_8))).hasSize(1)
                .allMatch(key -> key.isNamed("é") && !key.isSecret());
    }

    @Test
    void shouldSayWhatIsWrongWithAJwk() {
        String good = new ECKey.Builder(Curve.P_256, (ECPublicKey) EC.getPublic()).build().toJSONString();
        assertRefused(COORDINATE_BEYOND_THE_FIELD.getBytes(UTF_8), "Point coordinates");
        assertRefused("{\"keys\":[%s,%s]}".formatted(good, COORDINATE_BEYOND_THE_FIELD).getBytes(UTF_8),
                "Point coordinates");
        assertRefused("{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"AA\",\"y\":\"AA\"}".getBytes(UTF_8),
                "not on the P-256");
        assertRefused("{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"AA\"}".getBytes(UTF_8), "y");
        assertRefused(good.replace("P-256", "P-111").getBytes(UTF_8), "P-111");
        assertRefused("{\"kty\":\"OKP\",\"crv\":\"X25519\",\"x\":\"%s\"}".formatted("A".repeat(43)).getBytes(UTF_8),
                "of this kind");
        JWK shortRsa = new RSAKey.Builder((RSAPublicKey) KeyPairs.of("RSA", 1024).getPublic()).build();
        assertRefused(shortRsa.toJSONString().getBytes(UTF_8), "bits=1024");
    }

    @Test
    void shouldNotLetAMalformedSigningKeyFailOtherwise() {
        String jwk = "{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"AA\",\"d\":\"AA\"}";
        assertThatThrownBy(() -> SigningKey.read(jwk.getBytes(UTF_8))).isInstanceOf(PemException.class);
    }

    @Test
    void shouldNotLetPublicKeysBecomeASecret() throws Exception {
        KeyRing ring = new KeyRing(_ -> true);
        List<VerificationKey> secret = read("Not found: a page of an error, which anybody knows".getBytes(US_ASCII));
        ring.replaceOfFile("a", read(KeyPairs.pem(EC.getPublic())));
        assertThatThrownBy(() -> ring.replaceOfFile("a", secret)).isInstanceOf(PemException.class)
                .hasMessageContaining("restart");
        assertThat(ring.current().algorithms()).containsExactly(JWSAlgorithm.ES256);
        ring.replaceOfFile("b", secret);
        ring.replaceOfFile("b", read(KeyPairs.pem(EC.getPublic())));
        assertThat(ring.current().algorithms()).containsExactly(JWSAlgorithm.ES256);
    }

    @Test
    void shouldRefuseAPublicKeyOfACurveThatIsNotTaken() {
        String secp256k1 = """
                -----BEGIN PUBLIC KEY-----
                MFYwEAYHKoZIzj0CAQYFK4EEAAoDQgAEiqB1yKrYgbhvb8ewpfOv7b9CmybuYNc2
                Lw6ngAqXr6rSAgGX0q5TSvh3xTTO60nMfvFFbddmS95P0KcaiDcQjQ==
                -----END PUBLIC KEY-----
                """;
        assertThatThrownBy(() -> read(secp256k1.getBytes(US_ASCII))).isInstanceOf(PemException.class);
    }

    @Test
    void shouldSkipTheCurveThatStandsBeforeAPrivateKey() throws Exception {
        byte[] key = KeyPairs.pem(ED.getPrivate());
        String parameters = "-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----\n";
        byte[] both = (parameters + new String(key, US_ASCII)).getBytes(US_ASCII);
        assertThat(KeyFile.anyKeys(both)).hasSize(1);
        assertRefused(both, "private key");
        assertRefused(parameters.getBytes(US_ASCII), "no key");
    }

    @Test
    void shouldLeaveOutPublicKeysThatAreNotForVerification() {
        JWK ec = new ECKey.Builder(Curve.P_256, (ECPublicKey) EC.getPublic())
                .keyOperations(Set.of(KeyOperation.SIGN)).build();
        assertRefused(ec.toJSONString().getBytes(UTF_8), "no key for signatures");
    }

    @Test
    void shouldRefuseShortRsaKeysForSigning() {
        assertThatThrownBy(() -> SigningKey.read(KeyPairs.pem(KeyPairs.of("RSA", 1024).getPrivate())))
                .isInstanceOf(PemException.class).hasMessageContaining("bits=1024");
    }

    @Test
    void shouldRefusePrivateKeysUnlessThePublicPartIsWanted() throws Exception {
        assertRefused(KeyPairs.pem(RSA.getPrivate()), "private key");
        assertThat(KeyFile.anyKeys(KeyPairs.pem(RSA.getPrivate()))).hasSize(1);
        assertThat(KeyFile.anyKeys(KeyPairs.pem(ED.getPrivate()))).hasSize(1);
    }

    @Test
    void shouldRefuseShortRsaKeys() {
        assertRefused(KeyPairs.pem(KeyPairs.of("RSA", 1024).getPublic()), "bits=1024");
    }

    @Test
    void shouldShowNothingOfKeys() throws Exception {
        String secret = "0123456789abcdef0123456789abcdef";
        assertThat(read(secret.getBytes(US_ASCII)).toString()).doesNotContain("0123");
        assertThat(SigningKey.read(secret.getBytes(US_ASCII)).toString()).doesNotContain("0123");
    }
}
