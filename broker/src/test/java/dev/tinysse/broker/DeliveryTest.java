package dev.tinysse.broker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tinysse.api.Message;
import dev.tinysse.api.Publication;
import dev.tinysse.api.Request;
import dev.tinysse.broker.log.PublishResult;
import dev.tinysse.broker.publish.PublishReply;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeliveryTest {
    private Rig rig = new Rig(Rig.config(2000));

    @AfterEach
    void close() throws IOException {
        rig.close();
    }

    static List<String> numbers(int from, int to) {
        return IntStream.range(from, to).mapToObj(Integer::toString).toList();
    }

    @Test
    void shouldSendTheHeadAtOnce() throws IOException {
        assertThat(rig.open().line()).isEqualTo(Rig.HEAD);
    }

    @Test
    void shouldBringEveryMessageToEveryStreamInOrder() throws IOException {
        List<Client> clients = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            clients.add(rig.subscribe());
        }
        rig.publishNumbers(0, 1000);
        for (Client client : clients) {
            assertThat(client.lines(1000)).isEqualTo(numbers(0, 1000));
        }
        assertThat(rig.broker.lost()).isZero();
    }

    @Test
    void shouldKeepTheSameOrderForAllStreamsWhenManyPublishAtOnce() throws Exception {
        List<Client> clients = List.of(rig.subscribe(), rig.subscribe(), rig.subscribe());
        List<Thread> publishers = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            int from = i * 100;
            publishers.add(Thread.startVirtualThread(() -> rig.publishNumbers(from, from + 100)));
        }
        for (Thread publisher : publishers) {
            publisher.join();
        }
        List<String> first = clients.getFirst().lines(800);
        assertThat(first).containsExactlyInAnyOrderElementsOf(numbers(0, 800));
        for (Client client : clients.subList(1, 3)) {
            assertThat(client.lines(800)).isEqualTo(first);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {100_000, 262_143, 262_144, 300_000, 5_000_000})
    void shouldDeliverMessagesThatAreLargerThanAnyBuffer(int length) throws IOException {
        Client client = rig.subscribe();
        rig.publish("before");
        rig.publish("x".repeat(length));
        rig.publish("behind");
        assertThat(client.line()).isEqualTo("before");
        assertThat(client.line()).hasSize(length);
        assertThat(client.line()).isEqualTo("behind");
    }

    @Test
    void shouldDeliverNothingThatWasPublishedBefore() throws IOException {
        rig.publish("before");
        Client client = rig.subscribe();
        rig.publish("behind");
        assertThat(client.line()).isEqualTo("behind");
    }

    @Test
    void shouldDeliverNothingForAMessageWithoutAField() throws IOException {
        Client client = rig.subscribe();
        assertThat(rig.publish(Message.EMPTY)).isEqualTo(new PublishResult.Accepted(0, 0, Optional.empty()));
        rig.publish("behind");
        assertThat(client.line()).isEqualTo("behind");
    }

    @Test
    void shouldWorkWithACapacityOfOne() throws IOException {
        rig.close();
        rig = new Rig(Rig.config(1));
        Client client = rig.subscribe();
        for (int i = 0; i < 100; i++) {
            rig.publish(Integer.toString(i));
            assertThat(client.line()).isEqualTo(Integer.toString(i));
        }
    }

    @Test
    void shouldTakeNoMessageOnceClosed() {
        rig.broker.close();
        for (int i = 0; i < 1000; i++) {
            assertThat(rig.offer(Message.of("late")))
                    .isEqualTo(PublishReply.Failure.STOPPING);
        }
    }
}
