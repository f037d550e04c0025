package dev.tinysse.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.tinysse.api.Decision;
import dev.tinysse.api.Hook;
import dev.tinysse.api.HookException;
import dev.tinysse.api.Hooks;
import dev.tinysse.api.Message;
import dev.tinysse.api.Publication;
import dev.tinysse.api.Refusal;
import dev.tinysse.broker.log.PublishKey;
import dev.tinysse.broker.log.PublishResult;
import dev.tinysse.broker.publish.PublishReply;
import dev.tinysse.broker.publish.PublishRequest;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Requests with a key, and a hook that decides about them. */
@Timeout(60)
class KeyedPublishTest {
    private static final Decision<Publication> REFUSED = Decision.refuse(Refusal.of(429, "later"));

    private final List<String> asked = new CopyOnWriteArrayList<>();
    private volatile Function<Publication, Decision<Publication>> hook = Decision::accept;
    private Rig rig;
    private Client stream;

    @BeforeEach
    void open() throws Exception {
        rig = new Rig(Rig.config(1000), new Hooks() {
            @Override
            public Set<Hook> defined() {
                return EnumSet.of(Hook.PUBLISH);
            }

            @Override
            public Decision<Publication> decide(Publication publication, Runnable sequence) {
                asked.add(publication.message().data().orElseThrow());
                return hook.apply(publication);
            }
        });
        stream = rig.subscribe("default");
    }

    @AfterEach
    void close() throws Exception {
        rig.close();
    }

    private PublishReply publish(String key, String data) {
        return rig.broker.publish(new PublishRequest(List.of(publication(data)), false, key(key, data)));
    }

    private PublishReply publishBatch(String key, String... data) {
        List<Publication> publications = new ArrayList<>();
        for (String one : data) {
            publications.add(publication(one));
        }
        return rig.broker.publish(new PublishRequest(publications, true, key(key, String.join(",", data))));
    }

    private static Publication publication(String data) {
        return Publication.of(Rig.REQUEST, Message.of(data));
    }

    private static Optional<PublishKey> key(String key, String digest) {
        return Optional.of(PublishKey.of("default", key, digest));
    }

    private void assertDelivered(String... data) throws Exception {
        rig.publish("end");
        assertThat(stream.linesUntil("end")).containsExactly(data);
    }

    @Test
    void shouldNotAskTheHookAboutARepetition() throws Exception {
        PublishReply first = publish("k", "1");
        assertThat(first).isInstanceOf(PublishReply.Completed.class);
        hook = _ -> REFUSED;

        assertThat(publish("k", "1")).isEqualTo(first);
        assertThat(publish("k", "2")).isEqualTo(new PublishReply.KeyReused());
        assertThat(asked).containsExactly("1");
        hook = Decision::accept;
        assertDelivered("1");
    }

    @Test
    void shouldCarryOutARequestAgainThatWasRefused() throws Exception {
        hook = _ -> REFUSED;
        publish("k", "1");
        hook = Decision::accept;

        assertThat(publish("k", "other")).isInstanceOfSatisfying(PublishReply.Completed.class,
                done -> assertThat(done.results()).first().isInstanceOf(PublishResult.Accepted.class));
        assertDelivered("other");
    }

    @Test
    void shouldCarryOutARequestAgainOnWhichTheHookFailed() throws Exception {
        hook = _ -> {
            throw new HookException("broken");
        };
        assertThatExceptionOfType(HookException.class).isThrownBy(() -> publish("k", "1"));
        hook = Decision::accept;
        publish("k", "1");

        assertDelivered("1");
    }

    @Test
    void shouldStoreTheResponseToABatchThoughAllIsRefused() {
        hook = _ -> REFUSED;
        PublishReply first = publishBatch("k", "1", "2");

        assertThat(publishBatch("k", "1", "2")).isEqualTo(first);
        assertThat(asked).containsExactly("1", "2");
    }

    @Test
    void shouldStoreTheResponseToAMessageThatTheHookHasEmptied() {
        hook = publication -> Decision.accept(publication.withMessage(Message.EMPTY));
        PublishReply first = publish("k", "1");

        assertThat(publish("k", "1")).isEqualTo(first);
        assertThat(asked).containsExactly("1");
    }

    @Test
    void shouldLetConcurrentRequestsWaitForTheFirst() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        hook = publication -> {
            awaitLatch(release);
            return Decision.accept(publication);
        };
        List<CompletableFuture<PublishReply>> outcomes = publishTogether(8);
        release.countDown();

        assertThat(outcomes).extracting(CompletableFuture::join).containsOnly(outcomes.getFirst().join());
        assertThat(asked).containsExactly("1");
        assertDelivered("1");
    }

    @Test
    void shouldLetTheNextRequestPublishIfTheFirstIsRefused() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        hook = publication -> {
            awaitLatch(release);
            return asked.size() == 1 ? REFUSED : Decision.accept(publication);
        };
        List<CompletableFuture<PublishReply>> outcomes = publishTogether(8);
        release.countDown();

        assertThat(outcomes.stream().map(CompletableFuture::join).map(PublishReply.Completed.class::cast)
                .filter(done -> done.results().getFirst() instanceof PublishResult.Accepted)).hasSize(7);
        assertThat(asked).containsExactly("1", "1");
        assertDelivered("1");
    }

    /** All are on their way when this returns, and the hook has the first. */
    private List<CompletableFuture<PublishReply>> publishTogether(int count) {
        List<CompletableFuture<PublishReply>> outcomes = new ArrayList<>();
        List<Thread> threads = new CopyOnWriteArrayList<>();
        var executor = Executors.newThreadPerTaskExecutor(Thread.ofPlatform().daemon().factory());
        for (int i = 0; i < count; i++) {
            outcomes.add(CompletableFuture.supplyAsync(() -> {
                threads.add(Thread.currentThread());
                return publish("k", "1");
            }, executor));
        }
        await().until(() -> threads.size() == count
                && threads.stream().allMatch(thread -> thread.getState() == Thread.State.WAITING));
        return outcomes;
    }

    private static void awaitLatch(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
