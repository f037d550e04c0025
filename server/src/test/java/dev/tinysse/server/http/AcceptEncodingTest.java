package dev.tinysse.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AcceptEncodingTest {
    @ParameterizedTest
    @ValueSource(strings = {"gzip", "GZIP", "x-gzip", "br, gzip", "gzip;q=0.001", "gzip ; q=1.0", "*",
            "deflate, *;q=0.5",
            "identity;q=0.5, gzip", "gzip;q=0.5, identity;q=0.5"})
    void shouldFindThatAClientAcceptsGzip(String header) {
        assertThat(AcceptEncoding.allowsGzip(header)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "br", "gzip;q=0", "gzip;q=0.000", "*, gzip;q=0", "*;q=0", "identity", "gzippy",
            "gzip;q=2", "gzip;q=x", "identity, gzip;q=0.5"})
    void shouldFindThatAClientDoesNot(String header) {
        assertThat(AcceptEncoding.allowsGzip(header)).isFalse();
    }
}
