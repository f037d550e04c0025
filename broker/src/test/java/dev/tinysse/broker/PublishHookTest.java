package dev.tinysse.broker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tinysse.api.Hook;
import dev.tinysse.api.Hooks;
import dev.tinysse.api.Message;
import dev.tinysse.api.Publication;
import dev.tinysse.api.Refusal;
import dev.tinysse.api.Request;
import dev.tinysse.broker.log.PublishResult;
import dev.tinysse.broker.publish.PublishReply;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.function.BiFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class PublishHookTest {
    private static final int PUBLISHERS = 50;
    private static final int EACH = 40;

    @SuppressWarnings("NullAway.Init") // each test creates its own
    private Rig rig;

    @AfterEach
    void close() throws IOException {
        rig.close();
    }

    private void hook(BiFunction<Message, Runnable, Optional<Message>> function) {
        rig = new Rig(Rig.config(10_000), new Hooks() {
            @Override
            public Set<Hook> defined() {
                return EnumSet.of(Hook.PUBLISH);
            }

            @Override
            public Optional<Publication> publish(Publication publication, Runnable sequence) {
                return function.apply(publication.message(), sequence).map(publication::withMessage);
            }
        });
    }

    private PublishResult offer(String data) {
        return ((PublishReply.Completed) rig.offer(Message.of(data))).results().getFirst();
    }

    @Test
    void shouldDeliverInTheOrderInWhichCallsLetGo() throws Exception {
        List<String> decided = new ArrayList<>();
        hook((message, sequence) -> {
            synchronized (decided) {
                decided.add(message.data().orElseThrow());
                sequence.run();
            }
            Thread.yield(); // in which others overtake this one
            return Optional.of(message);
        });
        Client client = rig.subscribe();
        List<Thread> publishers = new ArrayList<>();
        for (int i = 0; i < PUBLISHERS; i++) {
            int publisher = i;
            publishers.add(Thread.startVirtualThread(() -> {
                for (int number = 0; number < EACH; number++) {
                    rig.publish(publisher + "-" + number);
                }
            }));
        }
        for (Thread publisher : publishers) {
            publisher.join();
        }
        assertThat(client.lines(PUBLISHERS * EACH)).isEqualTo(decided);
    }

    @Test
    void shouldKeepThePlaceOfNoCallThatRefusesOrFails() throws IOException {
        hook((message, sequence) -> {
            sequence.run();
            return switch (message.data().orElseThrow()) {
                case "refused" -> Optional.empty();
                case "failing" -> throw new IllegalStateException("as the test wants it");
                default -> Optional.of(message);
            };
        });
        Client client = rig.subscribe();
        assertThat(offer("refused")).isEqualTo(new PublishResult.Rejected(Refusal.DEFAULT));
        try {
            offer("failing");
        } catch (RuntimeException e) {
            assertThat(e).hasMessage("publish hook failed");
        }
        rig.publish("passes");
        assertThat(client.line()).isEqualTo("passes");
    }

    /** As with a script that stores each message and then returns it. */
    @Test
    void shouldNotSendWhatTheReplayKnewFromACallThatWasUnderWay() throws Exception {
        Semaphore stored = new Semaphore(0);
        Semaphore mayReturn = new Semaphore(0);
        hook((message, sequence) -> {
            if (message.id().isPresent()) {
                stored.release();
                mayReturn.acquireUninterruptibly();
            }
            return Optional.of(message);
        });
        Client client = rig.open();
        Thread publisher = Thread.startVirtualThread(() -> rig.publish(Rig.message("1", "stored")));
        stored.acquire();
        client.goLive(Rig.message("1", "stored"));
        rig.publish("other");
        assertThat(client.lines(3)).containsExactly(Rig.HEAD, "stored", "other");
        mayReturn.release();
        publisher.join();
        rig.publish("next");
        assertThat(client.line()).isEqualTo("next");
    }
}
