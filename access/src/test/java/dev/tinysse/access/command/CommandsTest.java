package dev.tinysse.access.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tinysse.access.ApiKeys;
import dev.tinysse.access.keys.KeyPairs;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands that make and explain tokens and API keys. */
class CommandsTest {
    private static final KeyPair ED = KeyPairs.of("Ed25519", 255);

    @TempDir
    private Path folder;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private Instant now = Instant.parse("2026-11-26T12:00:00Z");
    private String in = "";

    private int token(String... arguments) {
        out.reset();
        err.reset();
        return new TokenCommand(new ByteArrayInputStream(in.getBytes(UTF_8)), new PrintStream(out, true, UTF_8),
                new PrintStream(err, true, UTF_8), () -> now).run(List.of(arguments));
    }

    private int apiKey(String... arguments) {
        out.reset();
        err.reset();
        return new ApiKeyCommand(new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8))
                .run(List.of(arguments));
    }

    private String printed() {
        return out.toString(UTF_8);
    }

    private String key() throws IOException {
        return Files.write(folder.resolve("key.pem"), KeyPairs.pem(ED.getPrivate())).toString();
    }

    private String publicKey() throws IOException {
        return Files.write(folder.resolve("public.pem"), KeyPairs.pem(ED.getPublic())).toString();
    }

    @Test
    void shouldMakeTokensAndExplainThem() throws Exception {
        assertThat(token("make", "--key", key(), "--publish", "orders.*", "--subscribe", "a", "--subscribe=b", "--sub",
                "anna", "--expires", "1h", "--issuer", "me", "--audience", "you", "--kid", "k")).isZero();
        String token = printed().strip();
        assertThat(token("check", "--key", publicKey(), token)).isZero();
        assertThat(printed().lines()).contains("algorithm: EdDSA", "key id: k", "sub: anna", "publish: orders.*",
                "subscribe: a b", "exp: 2026-11-26T13:00:00Z (in 1h)", "iss: me", "aud: you", "valid");
        assertThat(token("check", "--key", key(), "--issuer", "me", "--audience", "you", token)).isZero();
        assertThat(token("check", "--key", key(), "--issuer", "him", token)).isEqualTo(1);
        assertThat(printed()).endsWith("not valid: the token's issuer is not accepted\n");
        in = token + "\n";
        now = now.plusSeconds(7200);
        assertThat(token("check", "--key", key(), "-")).isEqualTo(1);
        assertThat(printed().lines()).contains("exp: 2026-11-26T13:00:00Z (1h ago)",
                "not valid: the token has expired");
    }

    @Test
    void shouldPutRightsWhereTheServerLooksForThem() throws Exception {
        token("make", "--key", key(), "--subscribe", "a", "--claim", "https://example.org/rights");
        String token = printed().strip();
        token("check", "--key", key(), "--claim", "https://example.org/rights", token);
        assertThat(printed()).contains("subscribe: a\n");
    }

    @Test
    void shouldRefuseAWrongUse() throws Exception {
        assertThat(token()).isEqualTo(2);
        assertThat(token("steal")).isEqualTo(2);
        assertThat(token("make")).isEqualTo(2);
        assertThat(token("make", "--key", key(), "--key", key())).isEqualTo(2);
        assertThat(token("make", "--key")).isEqualTo(2);
        assertThat(token("make", "--key", key(), "x")).isEqualTo(2);
        assertThat(token("make", "--key", key(), "--expires", "soon")).isEqualTo(2);
        assertThat(err.toString(UTF_8)).contains("soon");
        assertThat(token("make", "--key", key(), "--publish", "a b")).isEqualTo(2);
        assertThat(token("make", "--key", key(), "--algorithm", "RS256")).isEqualTo(2);
        assertThat(token("make", "--key", key(), "--what", "x")).isEqualTo(2);
        assertThat(token("check", "--key", key())).isEqualTo(2);
        assertThat(token("make", "--key", folder.resolve("none").toString())).isEqualTo(1);
        assertThat(token("make", "--key", publicKey())).isEqualTo(1);
        assertThat(err.toString(UTF_8)).contains("public.pem").contains("private key");
        assertThat(token("check", "--key", key(), "x")).isEqualTo(1);
        assertThat(token("--help")).isZero();
    }

    @Test
    void shouldSayThatAKeyIsOfACurveWithoutAlgorithm() throws Exception {
        // the private key is 1
        Path key = Files.writeString(folder.resolve("secp256k1.jwk"), "{\"kty\":\"EC\",\"crv\":\"secp256k1\","
                + "\"x\":\"eb5mfvncu6xVoGKVzocLBwKb_NstzijZWfKBWxb4F5g\","
                + "\"y\":\"SDradyajxGVdpPv8DhEIqP0XtEimhVQZnEfQj_sQ1Lg\","
                + "\"d\":\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAE\"}");
        assertThat(token("make", "--key", key.toString())).isEqualTo(1);
        assertThat(err.toString(UTF_8)).contains("secp256k1.jwk").contains("P-256, P-384 or P-521");
    }

    @Test
    void shouldMakeApiKeysOfWhichTheLineHasTheHash() {
        assertThat(apiKey("make", "app", "publish:orders.*", "subscribe:news")).isZero();
        List<String> lines = printed().lines().toList();
        assertThat(lines).hasSize(2);
        assertThat(lines.get(1)).isEqualTo("app " + HexFormat.of().formatHex(ApiKeys.hash(lines.getFirst()))
                + " publish:orders.* subscribe:news");
        apiKey("make", "app", "publish:orders.*");
        assertThat(printed().lines().findFirst().orElseThrow()).isNotEqualTo(lines.getFirst());
    }

    @ParameterizedTest
    @ValueSource(strings = {"make", "make app", "make app read:x", "make #app publish:x", "app publish:x", ""})
    void shouldRefuseToMakeOtherApiKeys(String arguments) {
        assertThat(apiKey(arguments.isEmpty() ? new String[0] : arguments.split(" ", -1))).isEqualTo(2);
        assertThat(printed()).isEmpty();
    }
}
