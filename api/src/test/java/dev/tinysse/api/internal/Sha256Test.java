package dev.tinysse.api.internal;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class Sha256Test {
    @Test
    void shouldHashAllParts() {
        String hash = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"; // FIPS 180-2, appendix B.1
        assertThat(HexFormat.of().formatHex(Sha256.of("abc".getBytes(US_ASCII)))).isEqualTo(hash);
        assertThat(HexFormat.of().formatHex(Sha256.of("a".getBytes(US_ASCII), "bc".getBytes(US_ASCII))))
                .isEqualTo(hash);
    }
}
