package dev.tinysse.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AcceptHeaderTest {
    private static final String TYPE = "text/event-stream";

    @ParameterizedTest
    @ValueSource(strings = {"text/event-stream", "Text/Event-Stream", "text/html, text/event-stream",
            ",, text/event-stream ,",
            "text/event-stream;q=0.5", "text/event-stream; charset=utf-8", "text/event-stream ;q=1.000",
            "text/event-stream;q=0.001", "a/b;x=\"c,d\";q=0, text/event-stream", "a/b;x=\"\\\",\", text/event-stream",
            "text/event-stream;x=\";q=0\"", "text/event-stream;q=soon"})
    void shouldFindATypeThatIsAskedFor(String accept) {
        assertThat(AcceptHeader.names(List.of(accept), TYPE)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "*/*", "text/*", "text/html", "text/event-stream;q=0", "text/event-stream; Q=0.000",
            "text/event-stream;charset=utf-8;q=0.0", "text/event-streams", "x-text/event-stream",
            "a/b;x=\"text/event-stream\"", "a/b;x=\",text/event-stream\"", "text/event-stream text/html"})
    void shouldNotFindATypeThatIsNotAskedFor(String accept) {
        assertThat(AcceptHeader.names(List.of(accept), TYPE)).isFalse();
    }

    @Test
    void shouldReadAllLinesOfTheHeader() {
        assertThat(AcceptHeader.names(List.of("text/html", "a/b, text/event-stream"), TYPE)).isTrue();
        assertThat(AcceptHeader.names(List.of(), TYPE)).isFalse();
    }

    @Test
    void shouldReadAVeryLongHeader() {
        assertThat(AcceptHeader.names(List.of("\"".repeat(50_001)), TYPE)).isFalse();
        assertThat(AcceptHeader.names(List.of("a/b;".repeat(20_000) + "," + TYPE), TYPE)).isTrue();
    }
}
