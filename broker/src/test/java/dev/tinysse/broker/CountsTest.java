package dev.tinysse.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tinysse.broker.log.PublishResult;
import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The counts in the response to a publisher. */
class CountsTest {
    private final Rig rig = new Rig(Rig.config(10));

    @AfterEach
    void close() throws IOException {
        rig.close();
    }

    /** A client that has taken half of a very long message, and waits in it. */
    private Client stalled() throws IOException {
        Client client = rig.subscribe();
        rig.publish("x".repeat(20_000_000));
        client.readUntil('x');
        await().until(() -> rig.gauge("tinysse_queue_messages") == 0); // taken from the queue, which is counted after the write
        return client;
    }

    @Test
    void shouldQueueNothingWithoutStreams() {
        assertThat(rig.publish("a")).isEqualTo(new PublishResult.Accepted(0, 0, Optional.empty()));
    }

    @Test
    void shouldQueueOneMessageWhenAllStreamsAreIdle() throws IOException {
        Client first = rig.subscribe();
        Client second = rig.subscribe();
        for (String message : DeliveryTest.numbers(0, 20)) {
            await().until(() -> rig.publish(message).equals(new PublishResult.Accepted(1, 2, Optional.empty())));
            first.linesUntil(message);
            second.linesUntil(message);
        }
    }

    @Test
    void shouldQueueOneMoreForEachMessageWhileAStreamDoesNotTake() throws IOException {
        stalled();
        for (int i = 1; i <= 10; i++) {
            assertThat(rig.publish("a").queued()).isEqualTo(i);
        }
        assertThat(rig.publish("a").queued()).isEqualTo(10);
    }

    @Test
    void shouldCountAStreamThatStillCatchesUp() throws IOException {
        Client client = rig.open();
        assertThat(rig.publish("a")).isEqualTo(new PublishResult.Accepted(1, 1, Optional.empty()));
        assertThat(rig.publish("b")).isEqualTo(new PublishResult.Accepted(2, 1, Optional.empty()));
        client.goLive();
        client.linesUntil("b");
        await().until(() -> rig.publish("c").equals(new PublishResult.Accepted(1, 1, Optional.empty())));
    }

    @Test
    void shouldNotCountWhatOnlyAStreamThatHasGoneHadNotTaken() throws IOException {
        Client client = stalled();
        rig.publishNumbers(0, 5);
        client.reset();
        client.end();
        assertThat(rig.publish("a")).isEqualTo(new PublishResult.Accepted(0, 0, Optional.empty()));
    }

    @Test
    void shouldCountOnlyOpenStreams() throws IOException {
        Client leaving = rig.subscribe();
        rig.subscribe();
        leaving.close();
        leaving.end();
        await().until(() -> rig.broker.streams() == 1); // counted until its owner has been notified
        assertThat(rig.publish("a").subscribers()).isEqualTo(1);
    }
}
