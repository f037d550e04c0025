package dev.tinysse.client.sse;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EnvelopeTest {
    private static Event event(String name, String data) {
        return new Event(Optional.of("7"), Optional.ofNullable(name), Optional.of(data), List.of(), Optional.empty());
    }

    @Test
    void shouldOpenAnEnvelope() {
        Event opened = Envelope.open(event(null, """
                {"channel":"orders","id":"7","event":"paid","data":"a\\nb","comment":["c","d"]}"""));

        assertThat(opened).isEqualTo(new Event(Optional.of("7"), Optional.of("paid"), Optional.of("a\nb"),
                List.of("c", "d"), Optional.of("orders")));
        assertThat(EventJson.of(opened)).isEqualTo("""
                {"channel":"orders","id":"7","event":"paid","data":"a\\nb","comment":["c","d"]}""");
    }

    @Test
    void shouldLeaveWhatIsInNoEnvelope() {
        for (Event event : List.of(event("tinysse.gap", "{\"channel\":\"x\"}"), event(null, "text"), event(null, "{}"),
                event(null, "[1]"), event(null, "{\"channel\":7}"))) {
            assertThat(Envelope.open(event)).isEqualTo(event);
        }
    }
}
