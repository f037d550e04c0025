package dev.tinysse.server.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class VanishedClientsTest {
    @Test
    void shouldTellTheSystemMilliseconds() {
        assertThat(VanishedClients.millis(Duration.ofSeconds(30))).isEqualTo(30_000);
    }

    @Test
    void shouldTakeTheLongestThatTheSystemKnowsForWhatIsLonger() {
        assertThat(VanishedClients.millis(Duration.ofDays(50))).isEqualTo(Integer.MAX_VALUE);
    }

    @Test
    void shouldNotMakeTheSystemsDefaultOfAVeryShortTime() {
        assertThat(VanishedClients.millis(Duration.ofNanos(1))).isEqualTo(1);
    }
}
