package dev.tinysse.client.sse;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EventJsonTest {

    @Test
    void shouldLeaveOutWhatAnEventDoesNotHave() {
        assertThat(EventJson.of(event(null, null, null, null))).isEqualTo("{}");
        assertThat(EventJson.of(event("", null, "", null))).isEqualTo("{\"id\":\"\",\"data\":\"\"}");
    }

    @Test
    void shouldHaveAllOfAnEvent() {
        assertThat(EventJson.of(event("7", "x", "a", "c", "one", "two"))).isEqualTo(
                "{\"channel\":\"c\",\"id\":\"7\",\"event\":\"x\",\"data\":\"a\",\"comment\":[\"one\",\"two\"]}");
    }

    @Test
    void shouldBeOneLine() {
        assertThat(EventJson.of(event(null, null, "a\nb\r\t\"\\\u0001é😀", null)))
                .doesNotContain("\n", "\r", "\t", "\u0001").startsWith("{\"data\":\"a\\nb\\r\\t\\\"\\\\\\u0001");
    }

    private static Event event(String id, String name, String data, String channel, String... comments) {
        return new Event(Optional.ofNullable(id), Optional.ofNullable(name), Optional.ofNullable(data),
                List.of(comments),
                Optional.ofNullable(channel));
    }
}
