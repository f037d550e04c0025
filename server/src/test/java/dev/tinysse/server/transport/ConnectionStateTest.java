package dev.tinysse.server.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tinysse.server.proxies.TrustedProxies;
import dev.tinysse.server.transport.ConnectionState.Expiry;
import dev.tinysse.server.transport.ConnectionState.Phase;
import io.helidon.webserver.CloseConnectionException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which transitions there are, and who is first when a request and its deadline meet. */
class ConnectionStateTest {
    private static final TransportConfig CONFIG = new TransportConfig(List.of(), Optional.empty(), TrustedProxies.NONE,
            Duration.ofSeconds(10),
            Duration.ofSeconds(30), Duration.ofSeconds(75), Duration.ofSeconds(20), 1000, 1000);

    private long now;
    private Runnable whenTheClockIsAsked = () -> {};
    private final ConnectionState state = new ConnectionState(CONFIG, this::now);

    private long now() {
        Runnable between = whenTheClockIsAsked;
        whenTheClockIsAsked = () -> {};
        between.run();
        return now;
    }

    private void pass(int seconds) {
        now += Duration.ofSeconds(seconds).toNanos();
    }

    private void readBody() {
        state.bytesReceived();
        state.headComplete(true, false);
    }

    private void assertOver() {
        assertThatThrownBy(state::bodyComplete).isInstanceOf(CloseConnectionException.class);
        assertThatThrownBy(state::writing).isInstanceOf(CloseConnectionException.class);
        assertThatThrownBy(state::detach).isInstanceOf(CloseConnectionException.class);
    }

    @Test
    void shouldGoThroughTheLifeOfARequest() {
        assertThat(state.phase()).isEqualTo(Phase.AWAITING_REQUEST);
        state.bytesReceived();
        assertThat(state.phase()).isEqualTo(Phase.READING_HEAD);
        state.headComplete(true, false);
        assertThat(state.phase()).isEqualTo(Phase.READING_BODY);
        state.bodyComplete();
        assertThat(state.phase()).isEqualTo(Phase.HANDLING);
        state.writing();
        state.responseWritten();
        assertThat(state.phase()).isEqualTo(Phase.HANDLING);
        state.requestComplete();
        assertThat(state.phase()).isEqualTo(Phase.AWAITING_REQUEST);
    }

    @Test
    void shouldEndBehindTheLastRequest() {
        state.bytesReceived();
        state.headComplete(false, true);
        assertThat(state.isLastRequest()).isTrue();
        state.requestComplete();
        assertThat(state.phase()).isEqualTo(Phase.ENDED);
    }

    @Test
    void shouldEndBehindARequestWhoseBodyWasNotRead() {
        readBody();
        assertThat(state.isLastRequest()).isTrue();
        state.requestComplete();
        assertThat(state.phase()).isEqualTo(Phase.ENDED);
    }

    @Test
    void shouldEndBehindAResponseThatCameBeforeTheBodyWasRead() {
        readBody();
        state.writing();
        state.responseWritten();
        assertThat(state.phase()).isEqualTo(Phase.HANDLING);
        state.requestComplete();
        assertThat(state.phase()).isEqualTo(Phase.ENDED);
    }

    @Test
    void shouldAwaitTheRequestBehindAnEmptyLine() {
        state.bytesReceived();
        state.emptyLineSkipped();
        pass(74);
        assertThat(state.expire()).isEqualTo(Expiry.NOTHING);
        pass(1);
        assertThat(state.expire()).isEqualTo(Expiry.CLOSE);
    }

    @Test
    void shouldCloseAConnectionThatSaysNothing() {
        pass(9);
        assertThat(state.expire()).isEqualTo(Expiry.NOTHING);
        pass(1);
        assertThat(state.expire()).isEqualTo(Expiry.CLOSE);
        assertOver();
    }

    @Test
    void shouldRespondToAHeadThatDoesNotComeInTime() {
        state.bytesReceived();
        pass(10);
        assertThat(state.expire()).isEqualTo(Expiry.RESPOND);
        assertOver();
    }

    @Test
    void shouldNotGiveAHeadMoreTimeForEachByte() {
        state.bytesReceived();
        pass(9);
        state.bytesReceived();
        pass(1);
        assertThat(state.expire()).isEqualTo(Expiry.RESPOND);
    }

    @Test
    void shouldRespondToABodyThatDoesNotComeInTime() {
        readBody();
        pass(30);
        assertThat(state.expire()).isEqualTo(Expiry.RESPOND);
        assertOver();
    }

    @Test
    void shouldStillWaitForABodyThatWasAskedForWithAnInterimResponse() {
        readBody();
        state.writing();
        state.interimResponseWritten();
        pass(30);
        assertThat(state.expire()).isEqualTo(Expiry.RESPOND);
    }

    @Test
    void shouldGiveTheHandlerTheTimeItTakes() {
        readBody();
        state.bodyComplete();
        pass(1_000_000);
        assertThat(state.expire()).isEqualTo(Expiry.NOTHING);
    }

    @Test
    void shouldCloseWhenTheClientDoesNotTakeAResponse() {
        readBody();
        state.writing();
        pass(19);
        state.writing();
        pass(19);
        assertThat(state.expire()).isEqualTo(Expiry.NOTHING);
        pass(1);
        assertThat(state.expire()).isEqualTo(Expiry.CLOSE);
        assertOver();
    }

    @Test
    void shouldRespondOnceAndThenCloseWhenTheClientStays() {
        readBody();
        pass(30);
        assertThat(state.expire()).isEqualTo(Expiry.RESPOND);
        assertThat(state.expire()).isEqualTo(Expiry.NOTHING);
        state.closing();
        assertThat(state.phase()).isEqualTo(Phase.TIMED_OUT);
        pass(2);
        assertThat(state.expire()).isEqualTo(Expiry.CLOSE);
    }

    @Test
    void shouldNotTimeOutAStream() {
        readBody();
        state.detach();
        pass(1_000_000);
        assertThat(state.expire()).isEqualTo(Expiry.NOTHING);
        assertThatThrownBy(state::writing).isInstanceOf(CloseConnectionException.class);
    }

    @Test
    void shouldNotTimeOutARequestThatBecomesCompleteWhileItsDeadlineIsLookedAt() {
        readBody();
        pass(30);
        whenTheClockIsAsked = state::bodyComplete;
        assertThat(state.expire()).isEqualTo(Expiry.NOTHING);
        assertThat(state.phase()).isEqualTo(Phase.HANDLING);
    }

    @Test
    void shouldNotTimeOutARequestThatIsRespondedToWhileItsDeadlineIsLookedAt() {
        readBody();
        pass(30);
        whenTheClockIsAsked = state::writing;
        assertThat(state.expire()).isEqualTo(Expiry.NOTHING);
        state.responseWritten();
        assertThat(state.expire()).isEqualTo(Expiry.NOTHING);
    }

    @Test
    void shouldNotTimeOutAStreamThatBeginsWhileTheDeadlineIsLookedAt() {
        readBody();
        pass(30);
        whenTheClockIsAsked = state::detach;
        assertThat(state.expire()).isEqualTo(Expiry.NOTHING);
        assertThat(state.phase()).isEqualTo(Phase.DETACHED);
    }

    @Test
    void shouldNotCloseAConnectionWhoseNextRequestBeginsWhileTheDeadlineIsLookedAt() {
        pass(10);
        whenTheClockIsAsked = state::bytesReceived;
        assertThat(state.expire()).isEqualTo(Expiry.NOTHING);
        assertThat(state.phase()).isEqualTo(Phase.READING_HEAD);
    }

    @Test
    void shouldWaitWithoutLimitWhereTheDurationIsZero() {
        ConnectionState unlimited = new ConnectionState(
                new TransportConfig(List.of(), Optional.empty(), TrustedProxies.NONE, Duration.ZERO,
                        Duration.ZERO, Duration.ZERO, Duration.ZERO, 1000, 1000),
                this::now);
        pass(1_000_000);
        assertThat(unlimited.expire()).isEqualTo(Expiry.NOTHING);
    }
}
