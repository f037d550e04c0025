package dev.tinysse.access.token;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jose.util.JSONObjectUtils;
import dev.tinysse.access.keys.KeyFile;
import dev.tinysse.access.keys.KeyPairs;
import dev.tinysse.access.keys.KeyRing;
import dev.tinysse.access.keys.SigningKey;
import dev.tinysse.server.pem.PemException;
import java.net.URI;
import java.security.KeyPair;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens that are valid, and attacks. */
class TokenVerifierTest {
    private static final KeyPair EC = KeyPairs.of("EC", 256);
    private static final KeyPair RSA = KeyPairs.of("RSA", 2048);
    private static final KeyPair ED = KeyPairs.of("Ed25519", 255);
    private static final KeyPair OTHER = KeyPairs.of("EC", 256);
    private static final TokenRules RULES = new TokenRules(Optional.empty(), Optional.empty(), Optional.empty(),
            "tinysse", Duration.ofSeconds(30));

    private Instant now = Instant.parse("2026-11-26T12:00:00Z");
    private final KeyRing ring = ring(KeyPairs.pem(EC.getPublic()));

    private static KeyRing ring(byte[]... files) {
        KeyRing ring = new KeyRing(_ -> true);
        for (byte[] file : files) {
            put(ring, Arrays.toString(file), file);
        }
        return ring;
    }

    private static void put(KeyRing ring, String source, byte[] file) {
        try {
            ring.replace(source, KeyFile.anyKeys(file));
        } catch (PemException e) {
            throw new IllegalStateException(e);
        }
    }

    private TokenVerifier verifier(TokenRules rules, KeyRing keys) {
        return new TokenVerifier(rules, keys, Optional.empty(), () -> now);
    }

    private VerifiedToken verify(String token) throws InvalidTokenException {
        return verifier(RULES, ring).verify(token);
    }

    private void assertRefused(String token, TokenError error) {
        assertRefused(verifier(RULES, ring), token, error);
    }

    private static void assertRefused(TokenVerifier verifier, String token, TokenError error) {
        assertThatThrownBy(() -> verifier.verify(token)).isInstanceOfSatisfying(InvalidTokenException.class,
                failure -> assertThat(failure.error()).isEqualTo(error));
    }

    private Map<String, Object> claims(Object... more) {
        Map<String, Object> claims = new HashMap<>(Map.of("sub", "anna", "exp", now.getEpochSecond() + 60));
        for (int i = 0; i < more.length; i += 2) {
            claims.put((String) more[i], more[i + 1]);
        }
        return claims;
    }

    private static String sign(KeyPair pair, Map<String, Object> claims) {
        return sign(pair, Optional.empty(), claims);
    }

    private static String sign(KeyPair pair, Optional<String> kid, Map<String, Object> claims) {
        try {
            SigningKey key = KeyPairs.signing(pair.getPrivate());
            return key.sign(key.algorithm(Optional.empty()).orElseThrow(), kid, claims);
        } catch (PemException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A token with a header of its own, signed with the right key. */
    private String signed(JWSHeader.Builder header, KeyPair pair) throws Exception {
        JWSObject token = new JWSObject(header.build(), new Payload(claims()));
        token.sign(new ECDSASigner((ECPrivateKey) pair.getPrivate()));
        return token.serialize();
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(UTF_8));
    }

    @Test
    void shouldTakeTokensOfEveryKindOfKey() throws Exception {
        byte[] secret = "a secret of thirty-two bytes, and more".getBytes(UTF_8);
        KeyRing all = ring(KeyPairs.pem(EC.getPublic()), KeyPairs.pem(RSA.getPublic()), KeyPairs.pem(ED.getPublic()),
                secret);
        TokenVerifier verifier = verifier(RULES, all);
        for (KeyPair pair : List.of(EC, RSA, ED)) {
            assertThat(verifier.verify(sign(pair, claims())).claims()).containsEntry("sub", "anna");
        }
        SigningKey hmac = SigningKey.read(secret);
        assertThat(verifier.verify(hmac.sign(JWSAlgorithm.HS256, Optional.of("any"), claims())).claims())
                .containsEntry("sub", "anna");
    }

    @Test
    void shouldReadRightsAndClaims() throws Exception {
        VerifiedToken token = verify(sign(EC, claims("tinysse",
                Map.of("publish", List.of("orders.*"), "subscribe", List.of("user.42.**", "news")), "aud",
                List.of("a", "b"), "ratio", 1.5, "deep", Map.of("list", List.of(1, true)))));
        assertThat(token.rights()).hasToString("publish:orders.* subscribe:news subscribe:user.42.**");
        assertThat(token.claims()).containsEntry("aud", List.of("a", "b")).containsEntry("ratio", 1.5)
                .containsEntry("deep", Map.of("list", List.of(1L, true)))
                .containsEntry("exp", now.getEpochSecond() + 60);
        assertThat(token.expires()).isEqualTo(now.plusSeconds(60));
        assertThat(verify(sign(EC, claims())).rights()).hasToString("");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "a.b", "a.b.c", "a.b.c.d.e", "..", "e30.e30.", "e30..e30", "e30.e30.e30",
            "e30=.e30.e30",
            "e30.e30.e3 0", " e30.e30.e30"})
    void shouldRefuseWhatIsNoToken(String text) {
        assertRefused(text, TokenError.MALFORMED);
    }

    @ParameterizedTest
    @CsvSource({"none, ALGORITHM", "None, ALGORITHM", "NONE, ALGORITHM", "HS256, ALGORITHM", "RS256, ALGORITHM",
            "ES384, ALGORITHM", "dir, ALGORITHM"})
    void shouldNotLetATokenChooseItsAlgorithm(String algorithm, TokenError error) throws Exception {
        String[] parts = sign(EC, claims()).split("\\.", -1);
        String header = base64("{\"alg\":\"" + algorithm + "\"}");
        assertRefused(header + "." + parts[1] + "." + parts[2], error);
        assertThatThrownBy(() -> verify(header + "." + parts[1] + ".")).isInstanceOf(InvalidTokenException.class);
    }

    @Test
    void shouldNotTakeAPublicKeyForASecret() throws Exception {
        byte[] pem = KeyPairs.pem(RSA.getPublic());
        TokenVerifier verifier = verifier(RULES, ring(pem));
        for (byte[] secret : List.of(pem, RSA.getPublic().getEncoded())) {
            JWSObject token = new JWSObject(new JWSHeader(JWSAlgorithm.HS256), new Payload(claims()));
            token.sign(new MACSigner(secret));
            assertRefused(verifier, token.serialize(), TokenError.ALGORITHM);
        }
    }

    @Test
    void shouldRefuseWhatMustBeUnderstood() throws Exception {
        assertRefused(signed(new JWSHeader.Builder(JWSAlgorithm.ES256).criticalParams(Set.of("x-mine"))
                .customParam("x-mine", 1), EC), TokenError.MALFORMED);
        assertRefused(signed(new JWSHeader.Builder(JWSAlgorithm.ES256).criticalParams(Set.of("exp"))
                .customParam("exp", 1), EC), TokenError.MALFORMED);
    }

    @Test
    void shouldNotUseKeysThatATokenBringsOrPointsAt() throws Exception {
        ECKey own = new ECKey.Builder(Curve.P_256, (ECPublicKey) OTHER.getPublic()).build();
        assertRefused(signed(new JWSHeader.Builder(JWSAlgorithm.ES256).jwk(own), OTHER), TokenError.SIGNATURE);
        assertRefused(
                signed(new JWSHeader.Builder(JWSAlgorithm.ES256).jwkURL(URI.create("http://127.0.0.1:1/")), OTHER),
                TokenError.SIGNATURE);
        assertRefused(
                signed(new JWSHeader.Builder(JWSAlgorithm.ES256).x509CertURL(URI.create("http://127.0.0.1:1/")), OTHER),
                TokenError.SIGNATURE);
        assertThatCode(() -> verify(signed(
                new JWSHeader.Builder(JWSAlgorithm.ES256).jwkURL(URI.create("http://127.0.0.1:1/")), EC)))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"jwk\":{}", "\"jwk\":5", "\"jku\":5", "\"jku\":\"::not a uri::\"", "\"x5u\":5",
            "\"x5c\":5",
            "\"x5c\":[\"MIIB\"]", "\"x5t\":5", "\"x5t#S256\":5", "\"cty\":5"})
    void shouldNotReadWhatMeansNothing(String member) throws Exception {
        String text = base64("{\"alg\":\"ES256\",%s}".formatted(member)) + "."
                + base64(JSONObjectUtils.toJSONString(claims()));
        Base64URL signature = new ECDSASigner((ECPrivateKey) EC.getPrivate()).sign(new JWSHeader(JWSAlgorithm.ES256),
                text.getBytes(UTF_8));
        assertThatCode(() -> verify(text + "." + signature)).doesNotThrowAnyException();
        assertRefused(text + "." + Base64URL.encode(new byte[64]), TokenError.SIGNATURE);
    }

    @Test
    void shouldRefuseOtherSignatures() throws Exception {
        String token = sign(EC, claims());
        String signed = token.substring(0, token.lastIndexOf('.') + 1);
        assertRefused(sign(OTHER, claims()), TokenError.SIGNATURE);
        for (byte[] signature : List.of(new byte[64], new byte[1], new byte[63], new byte[1000])) {
            assertRefused(signed + Base64.getUrlEncoder().withoutPadding().encodeToString(signature),
                    TokenError.SIGNATURE);
        }
        String[] parts = token.split("\\.", -1);
        assertRefused(parts[0] + "." + base64("{\"exp\":9999999999}") + "." + parts[2], TokenError.SIGNATURE);
    }

    @Test
    void shouldFindKeysByTheirIds() throws Exception {
        String a = new ECKey.Builder(Curve.P_256, (ECPublicKey) EC.getPublic()).keyID("a").build().toJSONString();
        TokenVerifier verifier = verifier(RULES, ring(a.getBytes(UTF_8)));
        assertThatCode(() -> verifier.verify(sign(EC, Optional.of("a"), claims()))).doesNotThrowAnyException();
        assertThatCode(() -> verifier.verify(sign(EC, claims()))).doesNotThrowAnyException();
        assertRefused(verifier, sign(EC, Optional.of("b"), claims()), TokenError.KEY_ID);
        assertRefused(verifier, sign(OTHER, Optional.of("a"), claims()), TokenError.SIGNATURE);
        assertThatCode(() -> verify(sign(EC, Optional.of("any id fits PEM"), claims()))).doesNotThrowAnyException();
    }

    @Test
    void shouldTakeOnlyTheAlgorithmsThatAreConfigured() throws Exception {
        KeyRing keys = ring(KeyPairs.pem(EC.getPublic()), KeyPairs.pem(RSA.getPublic()));
        TokenVerifier verifier = verifier(new TokenRules(Optional.of(Set.of(JWSAlgorithm.PS256, JWSAlgorithm.HS256)),
                Optional.empty(), Optional.empty(), "tinysse", Duration.ZERO), keys);
        assertRefused(verifier, sign(EC, claims()), TokenError.ALGORITHM);
        assertRefused(verifier, sign(RSA, claims()), TokenError.ALGORITHM);
        SigningKey key = KeyPairs.signing(RSA.getPrivate());
        String token = key.sign(JWSAlgorithm.PS256, Optional.empty(), claims());
        assertThatCode(() -> verifier.verify(token)).doesNotThrowAnyException();
        JWSObject confused = new JWSObject(new JWSHeader(JWSAlgorithm.HS256), new Payload(claims()));
        confused.sign(new MACSigner(KeyPairs.pem(RSA.getPublic())));
        assertRefused(verifier, confused.serialize(), TokenError.KEY_ID);
    }

    @Test
    void shouldRefuseTokensOutOfTheirTime() throws Exception {
        long second = now.getEpochSecond();
        assertThatCode(() -> verify(sign(EC, claims("exp", second - 29)))).doesNotThrowAnyException();
        assertRefused(sign(EC, claims("exp", second - 30)), TokenError.EXPIRED);
        assertThatCode(() -> verify(sign(EC, claims("nbf", second + 30)))).doesNotThrowAnyException();
        assertRefused(sign(EC, claims("nbf", second + 31)), TokenError.NOT_YET_VALID);
        assertThatCode(() -> verify(sign(EC, claims("exp", 1e300)))).doesNotThrowAnyException();
        assertRefused(sign(EC, claims("exp", -1e300)), TokenError.EXPIRED);
        assertRefused(sign(EC, claims("exp", "9999999999")), TokenError.MALFORMED);
        assertRefused(sign(EC, Map.of("sub", "anna")), TokenError.NO_EXPIRY);
    }

    @Test
    void shouldRefuseIssuersAndSubjectsThatAreNoTexts() throws Exception {
        for (Object value : List.of(5, 5.5, true, List.of("anna"), Map.of())) {
            assertRefused(sign(EC, claims("sub", value)), TokenError.MALFORMED);
            assertRefused(sign(EC, claims("iss", value)), TokenError.MALFORMED);
        }
        assertThatCode(() -> verify(sign(EC, claims("sub", "", "iss", "")))).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"sub\":\"\\ud800\"", "\"sub\":\"\\udfff\"", "\"\\udc00\":1",
            "\"x\":[{\"y\":\"\\ud83d.\"}]"})
    void shouldRefuseTextsThatAreNotUnicode(String claim) throws Exception {
        JWSObject token = new JWSObject(new JWSHeader(JWSAlgorithm.ES256),
                new Payload("{\"exp\":" + (now.getEpochSecond() + 60) + "," + claim + "}"));
        token.sign(new ECDSASigner((ECPrivateKey) EC.getPrivate()));
        assertRefused(token.serialize(), TokenError.MALFORMED);
    }

    @Test
    void shouldCheckIssuerAndAudience() throws Exception {
        TokenVerifier verifier = verifier(new TokenRules(Optional.empty(), Optional.of("me"), Optional.of("you"),
                "tinysse", Duration.ZERO), ring);
        assertThatCode(() -> verifier.verify(sign(EC, claims("iss", "me", "aud", "you")))).doesNotThrowAnyException();
        assertThatCode(() -> verifier.verify(sign(EC, claims("iss", "me", "aud", List.of("x", "you")))))
                .doesNotThrowAnyException();
        assertRefused(verifier, sign(EC, claims("aud", "you")), TokenError.ISSUER);
        assertRefused(verifier, sign(EC, claims("iss", "you", "aud", "you")), TokenError.ISSUER);
        assertRefused(verifier, sign(EC, claims("iss", "me")), TokenError.AUDIENCE);
        assertRefused(verifier, sign(EC, claims("iss", "me", "aud", List.of("x"))), TokenError.AUDIENCE);
        assertRefused(verifier, sign(EC, claims("iss", "me", "aud", 7)), TokenError.AUDIENCE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "", "a.**.b", "***", "a..b", "*a"})
    void shouldRefuseMalformedRights(String pattern) {
        assertRefused(sign(EC, claims("tinysse", Map.of("publish", List.of("ok", pattern)))), TokenError.RIGHTS);
        assertRefused(sign(EC, claims("tinysse", List.of(pattern))), TokenError.RIGHTS);
        assertRefused(sign(EC, claims("tinysse", Map.of("subscribe", List.of(7)))), TokenError.RIGHTS);
    }

    @Test
    void shouldVerifyKnownTokensAgainWhenTimeAndKeysChange() throws Exception {
        TokenVerifier verifier = verifier(RULES, ring);
        String token = sign(EC, claims());
        VerifiedToken first = verifier.verify(token);
        assertThat(verifier.verify(token)).isSameAs(first);
        now = now.plusSeconds(90);
        assertRefused(verifier, token, TokenError.EXPIRED);
        now = now.minusSeconds(90);
        put(ring, Arrays.toString(KeyPairs.pem(EC.getPublic())), KeyPairs.pem(OTHER.getPublic()));
        assertRefused(verifier, token, TokenError.SIGNATURE);
    }

    @Test
    void shouldSurviveAnyHeader() {
        String deep = base64("{\"alg\":\"ES256\",\"x\":" + "[".repeat(5000) + "]".repeat(5000) + "}");
        assertThatThrownBy(() -> verify(deep + ".e30.e30")).isInstanceOf(InvalidTokenException.class);
        for (String header : List.of("[]", "null", "7", "{\"alg\":7}", "{\"alg\":null}", "{\"alg\":[\"ES256\"]}", "{",
                "{\"alg\":\"ES256\",\"kid\":7}", "{\"alg\":\"ES256\",\"b64\":false}",
                "{\"alg\":\"ES256\",\"jku\":\"::\"}",
                "{\"alg\":\"ES256\",\"enc\":\"A128GCM\"}", "{\"alg\":\"RSA-OAEP\",\"enc\":\"A128GCM\"}")) {
            assertThatThrownBy(() -> verify(base64(header) + ".e30.e30")).as(header)
                    .isInstanceOf(InvalidTokenException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "[]", "7", "\"x\"", "{", "x"})
    void shouldRefuseSignedTextThatIsNoObject(String payload) throws Exception {
        JWSObject token = new JWSObject(new JWSHeader(JWSAlgorithm.ES256), new Payload(payload));
        token.sign(new ECDSASigner((ECPrivateKey) EC.getPrivate()));
        assertRefused(token.serialize(), TokenError.MALFORMED);
    }

    @Test
    void shouldTakeOneTextForAToken() throws Exception {
        String token = sign(EC, claims()); // 64 bytes: the last character has two bits of them
        char last = token.charAt(token.length() - 1);
        String other = token.substring(0, token.length() - 1) + (char) (last + 1);
        assertRefused(other, TokenError.SIGNATURE);
    }

    @Test
    void shouldRefuseClaimsThatAreNoUtf8() throws Exception {
        byte[] payload = ("{\"exp\":" + (now.getEpochSecond() + 60) + ",\"sub\":\"\u00ff\"}").getBytes(ISO_8859_1);
        JWSObject token = new JWSObject(new JWSHeader(JWSAlgorithm.ES256), new Payload(payload));
        token.sign(new ECDSASigner((ECPrivateKey) EC.getPrivate()));
        assertRefused(token.serialize(), TokenError.MALFORMED);
    }

    @Test
    void shouldRefuseSignedTextThatIsNoBase64() throws Exception {
        String json = JSONObjectUtils.toJSONString(claims());
        String payload = base64(json + " ".repeat(2 - (json.length() + 2) % 3)) + "A"; // in which no byte ends
        JWSHeader header = new JWSHeader(JWSAlgorithm.ES256);
        byte[] signed = (header.toBase64URL() + "." + payload).getBytes(UTF_8);
        Base64URL signature = new ECDSASigner((ECPrivateKey) EC.getPrivate()).sign(header, signed);
        assertRefused(header.toBase64URL() + "." + payload + "." + signature, TokenError.MALFORMED);
    }

    @Test
    void shouldRefuseRightsThatAreNoList() {
        assertRefused(sign(EC, claims("tinysse", Map.of("publish", "**"))), TokenError.RIGHTS);
    }

    @Test
    void shouldShowNoClaimsAsText() throws Exception {
        assertThat(verify(sign(EC, claims("sub", "secret"))).toString()).doesNotContain("secret");
    }
}
