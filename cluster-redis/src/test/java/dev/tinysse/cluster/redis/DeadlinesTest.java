package dev.tinysse.cluster.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tinysse.broker.log.Append;
import dev.tinysse.broker.log.LogException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DeadlinesTest {
    private NodeRig rig = new NodeRig(0, Duration.ofMillis(100));
    private Deadlines deadlines = new Deadlines(rig.appender);

    @AfterEach
    void close() {
        deadlines.close();
        rig.close();
    }

    @Test
    void shouldEndARequestThatHasNotBeenSentInTime() throws Exception {
        rig.connect();
        Append append = append();
        rig.start(deadlines);
        assertThat(NodeRig.failure(append).kind()).isEqualTo(LogException.Kind.UNCERTAIN);
        assertThat(rig.appender.isAwaited()).isFalse();
    }

    @Test
    void shouldEndARequestToWhichRedisHasNotRespondedInTime() throws Exception {
        rig.connect();
        rig.redis.always(Script.APPEND.name(), rig.redis.stall());
        rig.start(rig.appender);
        Append append = append();
        rig.redis.awaitReceived(Script.APPEND.name(), 1);
        rig.start(deadlines);
        assertThat(NodeRig.failure(append).kind()).isEqualTo(LogException.Kind.UNCERTAIN);
    }

    @Test
    void shouldEndNoRequestThatHasTimeLeft() throws Exception {
        rig.close();
        rig = new NodeRig();
        deadlines = new Deadlines(rig.appender);
        rig.connect();
        Append append = append();
        rig.appender.endOverdue();
        assertThat(append.outcome()).isNotDone();
    }

    @Test
    void shouldEndRequestsInTimeThatAreLeftWhenItIsClosed() throws Exception {
        rig.connect();
        Append append = append();
        deadlines.close();
        Thread thread = Thread.ofVirtual().start(deadlines);
        thread.interrupt();
        thread.join();
        assertThat(NodeRig.failure(append).kind()).isEqualTo(LogException.Kind.UNCERTAIN);
    }

    private Append append() {
        Append append = NodeRig.append("x");
        rig.appender.append(append);
        return append;
    }
}
