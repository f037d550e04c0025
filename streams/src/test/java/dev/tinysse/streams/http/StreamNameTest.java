package dev.tinysse.streams.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.helidon.http.Status;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StreamNameTest {
    @ParameterizedTest
    @CsvSource({"/a,a", "/a/b,a/b", "/%61,a", "/a%20b/%C3%A4,a b/\u00e4", "/%2561,%61", "/a+b,a+b", "/x/__ds,x/__ds",
            "/...,..."})
    void shouldDecodeEachSegmentOnce(String path, String name) throws RequestException {
        assertThat(StreamName.of(path)).isEqualTo(name);
    }

    @Test
    void shouldTakeSixteenSegmentsOfAHundredAndTwentyEightBytes() throws RequestException {
        String path = ("/" + "%C3%A4".repeat(64)).repeat(16);

        assertThat(StreamName.of(path)).hasSize(16 * 64 + 15);
        assertThatThrownBy(() -> StreamName.of(path + "/a")).hasMessageContaining("segments=17");
        assertThatThrownBy(() -> StreamName.of("/" + "a".repeat(129))).hasMessageContaining("bytes=129");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/a/", "//a", "/a//b", "/.", "/..", "/a/%2e%2E", "/%2F", "/a%2fb", "/%", "/%zz",
            "/%C3",
            "/%00", "/a%0Ab", "/%7F", "/%C2%85", "/%ED%A0%80"})
    void shouldRefuseOtherPaths(String path) {
        assertThatThrownBy(() -> StreamName.of(path))
                .asInstanceOf(InstanceOfAssertFactories.type(RequestException.class))
                .extracting(RequestException::status).isEqualTo(Status.BAD_REQUEST_400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/__ds", "/__ds/subscriptions/x", "/__d%73/x"})
    void shouldNotFindSubscriptions(String path) {
        assertThatThrownBy(() -> StreamName.of(path))
                .asInstanceOf(InstanceOfAssertFactories.type(RequestException.class))
                .extracting(RequestException::status).isEqualTo(Status.NOT_FOUND_404);
    }
}
