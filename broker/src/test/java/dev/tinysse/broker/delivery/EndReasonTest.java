package dev.tinysse.broker.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EndReasonTest {
    @ParameterizedTest
    @CsvSource({"Connection timed out, CONNECTION_TIMED_OUT", "Connection reset, CLIENT_RESET",
            "Connection reset by peer, CLIENT_RESET", "Broken pipe, CLIENT_RESET",
            "No route to host, CONNECTION_FAILED", ", CONNECTION_FAILED"})
    void shouldTellWhatTheKernelSays(String message, EndReason reason) {
        assertThat(EndReason.of(new IOException(message))).isEqualTo(reason);
    }
}
