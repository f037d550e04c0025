package dev.tinysse.broker.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.tinysse.api.Decision;
import dev.tinysse.api.Hook;
import dev.tinysse.api.HookException;
import dev.tinysse.api.Message;
import dev.tinysse.api.Publication;
import dev.tinysse.api.Refusal;
import dev.tinysse.broker.log.Append;
import dev.tinysse.broker.log.LogException;
import dev.tinysse.broker.log.PublishKey;
import dev.tinysse.broker.log.PublishResult;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two requests with one key: what becomes of the second while the first is carried out, and after it. */
@Timeout(60)
class ConcurrentKeysTest {
    private static final PublishKey KEY = PublisherRig.key("k");
    private static final List<PublishResult> RESULTS = List
            .of(new PublishResult.Accepted(7, 8, Optional.of("stored")));

    private final HeldLog log = new HeldLog(true, false);
    private final PublisherRig rig = new PublisherRig(log, Hook.PUBLISH);
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final CountDownLatch release = new CountDownLatch(1);

    /** The first publication is decided when it is released, all others at once. */
    private CompletableFuture<PublishReply> publishFirst(Function<Publication, Decision<Publication>> decides) {
        rig.hook(publication -> {
            asked.add(publication.message().data().orElseThrow());
            if (asked.size() > 1) {
                return Decision.accept(publication);
            }
            try {
                release.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return decides.apply(publication);
        });
        CompletableFuture<PublishReply> first = rig.publishAside(PublisherRig.single("1", KEY));
        await().until(() -> asked.size() == 1);
        return first;
    }

    /** The second request waits for the first when this returns. */
    private CompletableFuture<PublishReply> publishSecond() {
        CompletableFuture<PublishReply> second = new CompletableFuture<>();
        Thread thread = Thread.ofPlatform().daemon()
                .start(() -> second.complete(rig.publisher.publish(PublisherRig.single("2", KEY))));
        await().until(() -> thread.getState() == Thread.State.WAITING);
        return second;
    }

    @Test
    void shouldReplyToTheSecondWithTheResponseOfTheFirst() {
        CompletableFuture<PublishReply> first = publishFirst(Decision::accept);
        CompletableFuture<PublishReply> second = publishSecond();
        log.hold();
        release.countDown();
        await().until(() -> log.appends().size() == 1);
        log.store(KEY, new Append.Outcome.Repeated(RESULTS));
        log.commit(log.appends().getFirst());

        assertThat(second.join()).isEqualTo(new PublishReply.Completed(RESULTS));
        assertThat(first.join()).isInstanceOf(PublishReply.Completed.class);
        assertThat(asked).containsExactly("1");
        assertThat(log.data()).containsExactly("1");
        assertThat(rig.publisher.published()).isEqualTo(1);
    }

    @Test
    void shouldCarryOutTheSecondIfTheHookFailsOnTheFirst() {
        CompletableFuture<PublishReply> first = publishFirst(_ -> {
            throw new HookException("as the test wants it");
        });
        CompletableFuture<PublishReply> second = publishSecond();
        release.countDown();

        assertThatExceptionOfType(CompletionException.class).isThrownBy(first::join)
                .withCauseInstanceOf(HookException.class);
        assertThat(second.join()).isInstanceOf(PublishReply.Completed.class);
        assertThat(log.data()).containsExactly("2");
    }

    @Test
    void shouldCarryOutTheSecondIfTheHookRejectsTheFirst() {
        CompletableFuture<PublishReply> first = publishFirst(_ -> Decision.refuse(Refusal.of(429, "later")));
        CompletableFuture<PublishReply> second = publishSecond();
        release.countDown();

        assertThat(first.join()).isEqualTo(new PublishReply.Completed(
                List.of(new PublishResult.Rejected(Refusal.of(429, "later")))));
        assertThat(second.join()).isInstanceOf(PublishReply.Completed.class);
        assertThat(log.data()).containsExactly("2");
    }

    @Test
    void shouldCarryOutTheSecondIfTheLogFailsToAppendTheFirst() {
        CompletableFuture<PublishReply> first = publishFirst(Decision::accept);
        CompletableFuture<PublishReply> second = publishSecond();
        log.hold();
        release.countDown();
        await().until(() -> log.appends().size() == 1);
        log.appends().getFirst().outcome()
                .completeExceptionally(new LogException(LogException.Kind.FULL, "as the test wants it"));
        await().until(() -> log.appends().size() == 2);
        log.commit(log.appends().getLast());

        assertThat(first.join()).isEqualTo(PublishReply.Failure.HISTORY_FULL);
        assertThat(second.join()).isInstanceOf(PublishReply.Completed.class);
        assertThat(asked).containsExactly("1", "2");
    }

    @Test
    void shouldRejectTheSecondIfTheServerStopsWhileTheFirstRuns() throws Exception {
        CompletableFuture<PublishReply> first = publishFirst(Decision::accept);
        rig.publisher.close();

        assertThat(rig.publisher.publish(PublisherRig.single("2", KEY))).isEqualTo(PublishReply.Failure.STOPPING);
        release.countDown();
        assertThat(first.join()).isInstanceOf(PublishReply.Completed.class);
        assertThat(rig.publisher.awaitNone(Duration.ofSeconds(30))).isTrue();
    }

    @Test
    void shouldReplyThatTheKeyIsReusedWithoutCallingTheHook() {
        rig.hook(publication -> {
            asked.add(publication.message().data().orElseThrow());
            return Decision.accept(publication);
        });
        log.store(KEY, new Append.Outcome.KeyReused());

        assertThat(rig.publisher.publish(PublisherRig.single("x", KEY))).isEqualTo(new PublishReply.KeyReused());
        assertThat(asked).isEmpty();
        assertThat(log.appends()).isEmpty();
    }

    @Test
    void shouldLeaveTheLookupToTheAppendWithoutAHook() {
        PublisherRig withoutHook = new PublisherRig(log);
        log.failToFind(new LogException(LogException.Kind.UNAVAILABLE, "nobody looks"));
        log.store(KEY, new Append.Outcome.Repeated(RESULTS));

        assertThat(withoutHook.publisher.publish(PublisherRig.single("x", KEY)))
                .isEqualTo(new PublishReply.Completed(RESULTS));
        assertThat(withoutHook.publisher.published()).isZero();
    }

    @Test
    void shouldReplyWithWhatTheAppendFindsThoughTheLookupFoundNothing() {
        rig.hook(publication -> {
            log.store(KEY, new Append.Outcome.KeyReused()); // as another node does, whose request comes between
            return Decision.accept(publication);
        });

        assertThat(rig.publisher.publish(PublisherRig.single("x", KEY))).isEqualTo(new PublishReply.KeyReused());
        assertThat(rig.publisher.published()).isZero();
    }

    @Test
    void shouldStoreTheResponseToAMessageThatTheHookHasEmptied() {
        rig.hook(publication -> Decision.accept(publication.withMessage(Message.EMPTY)));
        rig.publisher.publish(PublisherRig.single("x", KEY));

        assertThat(log.appends()).singleElement().satisfies(append -> {
            assertThat(append.items()).isEmpty();
            assertThat(append.key()).contains(KEY);
            assertThat(append.results(List.of())).containsExactly(new PublishResult.Empty(0));
        });
    }

    @Test
    void shouldNotStoreTheResponseToARejectedMessage() {
        rig.hook(_ -> Decision.refuse(Refusal.DEFAULT));
        rig.publisher.publish(PublisherRig.single("x", KEY));

        assertThat(log.appends()).isEmpty();
    }

    @Test
    void shouldStoreTheResponseToABatchThatIsRejectedAsAWhole() {
        rig.hook(_ -> Decision.refuse(Refusal.DEFAULT));
        rig.publisher.publish(PublisherRig.batch(KEY, "1", "2"));

        assertThat(log.appends()).singleElement().satisfies(append -> assertThat(append.results(List.of()))
                .containsExactly(new PublishResult.Rejected(Refusal.DEFAULT),
                        new PublishResult.Rejected(Refusal.DEFAULT)));
    }

    @Test
    void shouldReplyWithoutIdsIfTheLogHasNotHandedAllMessagesOn() {
        log.hold();
        CompletableFuture<PublishReply> reply = rig.publishAside(PublisherRig.batch(KEY, "1", "2"));
        await().until(() -> log.appends().size() == 1);
        log.appends().getFirst().outcome()
                .complete(new Append.Outcome.Committed(List.of(new PublishResult.Accepted(0, 0, Optional.of("1")),
                        new PublishResult.Accepted(0, 0, Optional.empty()))));

        PublishResult withoutId = new PublishResult.Accepted(0, 0, Optional.empty());
        assertThat(reply.join()).isEqualTo(new PublishReply.Completed(List.of(withoutId, withoutId)));
    }
}
