package dev.tinysse.broker;

import static dev.tinysse.broker.DeliveryTest.numbers;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tinysse.broker.admin.StreamEnd;
import dev.tinysse.broker.admin.StreamFilter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Streams that are disconnected while messages are on their way to them. */
@Timeout(60)
class DisconnectTest {
    private static final StreamEnd ALL = new StreamEnd(StreamFilter.ALL, true);
    private static final int CAPACITY = 1000;
    private Rig rig;

    @AfterEach
    void close() throws IOException {
        rig.close();
    }

    @Test
    void shouldEndBehindWhatWasPublishedBefore() throws IOException {
        rig = new Rig(Rig.config(CAPACITY));
        for (int round = 0; round < 10; round++) {
            List<Client> clients = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                clients.add(rig.subscribe());
            }
            rig.publishNumbers(0, 200);
            assertThat(rig.broker.directory().end(ALL)).isEqualTo(40);
            for (Client client : clients) {
                assertThat(client.lines(200)).isEqualTo(numbers(0, 200));
                assertThat(client.line()).isEqualTo("stop");
                assertThat(client.end()).isEqualTo(Client.RELEASED);
            }
        }
    }

    @Test
    void shouldWaitForTheMessageHookAndSendNothingThatIsPublishedLater() throws IOException {
        Semaphore inside = new Semaphore(0);
        Semaphore permits = new Semaphore(0);
        rig = new Rig(Rig.config(CAPACITY), new WaitingHook(inside, permits));
        Client client = rig.subscribe();
        rig.publish("0");
        inside.acquireUninterruptibly();
        rig.publishNumbers(1, 30);
        assertThat(rig.broker.directory().end(ALL)).isEqualTo(1);
        assertThat(rig.publish("later").subscribers()).isZero();
        permits.release(CAPACITY);
        assertThat(client.lines(30)).isEqualTo(numbers(0, 30));
        assertThat(client.line()).isEqualTo("stop");
        assertThat(client.end()).isEqualTo(Client.RELEASED);
        assertThat(rig.publish("nobody").subscribers()).isZero();
    }
}
