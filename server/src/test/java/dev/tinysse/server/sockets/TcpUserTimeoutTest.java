package dev.tinysse.server.sockets;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class TcpUserTimeoutTest {
    @Test
    void shouldLeaveTheWriteTimeoutTimeToComeFirst() {
        assertThat(TcpUserTimeout.millis(Duration.ofSeconds(30))).isEqualTo(60_000);
    }

    @Test
    void shouldLeaveAShortWriteTimeoutTenSeconds() {
        assertThat(TcpUserTimeout.millis(Duration.ofMillis(300))).isEqualTo(10_300);
    }

    @Test
    void shouldTakeTheLongestThatTheSystemKnowsForWhatIsLonger() {
        assertThat(TcpUserTimeout.millis(Duration.ofDays(50))).isEqualTo(Integer.MAX_VALUE);
    }
}
