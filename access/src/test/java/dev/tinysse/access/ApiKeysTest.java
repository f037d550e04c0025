package dev.tinysse.access;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tinysse.server.pem.PemException;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The file with keys of applications. */
class ApiKeysTest {
    private static final String HASH = HexFormat.of().formatHex(ApiKeys.hash("key"));

    @Test
    void shouldFindKeysByTheirHashes() throws Exception {
        ApiKeys keys = ApiKeys.read(("# a comment\n\n  app \t" + HASH.toUpperCase(java.util.Locale.ROOT)
                + " publish:orders.*  subscribe:news \r\nother " + "0".repeat(64) + " publish:x").getBytes(UTF_8));
        Principal app = keys.find("key").orElseThrow();
        assertThat(app.claims()).isEqualTo(Map.of("sub", "app"));
        assertThat(app.rights()).hasToString("publish:orders.* subscribe:news");
        assertThat(app.expires()).isEmpty();
        assertThat(keys.find("other")).isEmpty();
        assertThat(keys.find("")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"app", "app HASH", "app HASH publish", "app HASH publish:a b", "app HASHx publish:a",
            "app HASH read:a", "HASH publish:a x", "app HASH publish:a..b"})
    void shouldNameTheLineThatIsMalformed(String line) {
        byte[] file = ("ok " + HASH + " publish:a\n" + line.replace("HASH", HASH) + "\n").getBytes(UTF_8);
        assertThatThrownBy(() -> ApiKeys.read(file)).isInstanceOf(PemException.class).hasMessageStartingWith("line 2:")
                .hasMessageNotContaining(HASH + "x");
    }
}
