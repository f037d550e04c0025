package dev.tinysse.broker.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.tinysse.api.Attribute;
import dev.tinysse.api.Decision;
import dev.tinysse.api.Hook;
import dev.tinysse.api.HookException;
import dev.tinysse.api.Message;
import dev.tinysse.api.Publication;
import dev.tinysse.api.Refusal;
import dev.tinysse.api.Request;
import dev.tinysse.broker.log.Append;
import dev.tinysse.broker.log.LogException;
import dev.tinysse.broker.log.PublishResult;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
class PublisherTest {
    private static final PublishResult ACCEPTED = new PublishResult.Accepted(1, 1, Optional.empty());
    private static final Refusal LATER = Refusal.of(429, "later");

    private final HeldLog log = new HeldLog(false, false);
    private final PublisherRig rig = new PublisherRig(log, Hook.PUBLISH);

    private static PublishReply completed(PublishResult... results) {
        return new PublishReply.Completed(List.of(results));
    }

    @Test
    void shouldReplyWithTheNumbersOfAnAcceptedMessage() {
        assertThat(rig.publisher.publish(PublisherRig.single("x"))).isEqualTo(completed(ACCEPTED));
        assertThat(log.data()).containsExactly("x");
        assertThat(rig.publisher.published()).isEqualTo(1);
        assertThat(rig.publisher.rejected()).isZero();
    }

    @Test
    void shouldReplyWithTheRefusalOfTheHookAndAppendNothing() {
        rig.hook(_ -> Decision.refuse(LATER));

        assertThat(rig.publisher.publish(PublisherRig.single("x")))
                .isEqualTo(completed(new PublishResult.Rejected(LATER)));
        assertThat(log.appends()).isEmpty();
        assertThat(rig.publisher.published()).isZero();
        assertThat(rig.publisher.rejected()).isEqualTo(1);
    }

    @Test
    void shouldReplyWithAResultForEachMessageOfABatchInItsOrder() {
        rig.hook(publication -> switch (publication.message().data().orElseThrow()) {
            case "rejected" -> Decision.refuse(LATER);
            case "emptied" -> Decision.accept(publication.withMessage(Message.EMPTY));
            default -> Decision.accept(publication);
        });

        assertThat(rig.publisher.publish(PublisherRig.batch("1", "rejected", "2", "emptied", "3")))
                .isEqualTo(completed(ACCEPTED, new PublishResult.Rejected(LATER), ACCEPTED, new PublishResult.Empty(0),
                        ACCEPTED));
        assertThat(log.data()).containsExactly("1", "2", "3");
        assertThat(rig.publisher.published()).isEqualTo(4);
        assertThat(rig.publisher.rejected()).isEqualTo(1);
    }

    @Test
    void shouldLetTheFailureOfTheHookThroughForOneMessage() {
        rig.hook(_ -> {
            throw new HookException("as the test wants it");
        });

        assertThatExceptionOfType(HookException.class)
                .isThrownBy(() -> rig.publisher.publish(PublisherRig.single("x")));
        assertThat(log.appends()).isEmpty();
        assertThat(rig.publisher.inFlight()).isZero();
        assertThat(rig.decisions.allClosed(rig.decisions.latest())).isTrue();
    }

    @Test
    void shouldRejectTheMessageOfABatchOnWhichTheHookFails() {
        rig.hook(publication -> {
            if (publication.message().data().orElseThrow().equals("failing")) {
                throw new HookException("as the test wants it");
            }
            return Decision.accept(publication);
        });

        assertThat(rig.publisher.publish(PublisherRig.batch("1", "failing", "2")))
                .isEqualTo(completed(ACCEPTED,
                        new PublishResult.Rejected(Refusal.of(500, "publish hook failed")), ACCEPTED));
    }

    @Test
    void shouldCallNoHookForAnOperator() {
        rig.hook(_ -> Decision.refuse(LATER));

        assertThat(rig.publisher.publishWithoutHook(PublisherRig.single("x"))).isEqualTo(completed(ACCEPTED));
    }

    @ParameterizedTest
    @CsvSource({"FULL, HISTORY_FULL", "UNAVAILABLE, UNAVAILABLE", "DISCONNECTED, DISCONNECTED", "UNCERTAIN, UNCERTAIN",
            "FAILED, UNAVAILABLE"})
    void shouldReplyWithTheFailureOfTheLog(LogException.Kind kind, PublishReply.Failure reply) {
        log.fail(new LogException(kind, "as the test wants it"));

        assertThat(rig.publisher.publish(PublisherRig.single("x"))).isEqualTo(reply);
        assertThat(rig.publisher.publishWithoutHook(PublisherRig.single("x"))).isEqualTo(reply);
        assertThat(rig.publisher.publish(PublisherRig.batch("1", "2"))).isEqualTo(reply);
        assertThat(rig.publisher.publish(PublisherRig.single("x", PublisherRig.key("k")))).isEqualTo(reply);
        assertThat(rig.publisher.published()).isZero();
        assertThat(rig.publisher.inFlight()).isZero();
    }

    @Test
    void shouldReplyThatTheLogIsUnavailableIfItFailsOtherwise() {
        log.fail(new IllegalStateException("as the test wants it"));

        assertThat(rig.publisher.publish(PublisherRig.single("x"))).isEqualTo(PublishReply.Failure.UNAVAILABLE);
    }

    @ParameterizedTest
    @EnumSource(LogException.Kind.class)
    void shouldReplyWithTheFailureToFindAResponse(LogException.Kind kind) {
        LogException failure = new LogException(kind, "as the test wants it");
        log.failToFind(failure);

        assertThat(rig.publisher.publish(PublisherRig.single("x", PublisherRig.key("k"))))
                .isEqualTo(PublishReply.Failure.of(failure));
        assertThat(log.appends()).isEmpty();
    }

    @Test
    void shouldReplyThatTheServerStops() {
        rig.publisher.close();

        assertThat(rig.publisher.publish(PublisherRig.single("x"))).isEqualTo(PublishReply.Failure.STOPPING);
        assertThat(rig.publisher.publishWithoutHook(PublisherRig.single("x"))).isEqualTo(PublishReply.Failure.STOPPING);
        assertThat(log.appends()).isEmpty();
    }

    @Test
    void shouldCountARequestInFlightUntilItsRecordIsDurable() throws Exception {
        log.hold();
        CompletableFuture<PublishReply> reply = rig.publishAside(PublisherRig.single("x"));
        await().until(() -> !log.appends().isEmpty());
        rig.publisher.close();

        assertThat(rig.publisher.inFlight()).isEqualTo(1);
        assertThat(rig.publisher.awaitNone(Duration.ZERO)).isFalse();
        log.commit(log.appends().getFirst());
        assertThat(rig.publisher.awaitNone(Duration.ofSeconds(30))).isTrue();
        assertThat(reply.join()).isEqualTo(completed(ACCEPTED));
        assertThat(rig.publisher.inFlight()).isZero();
    }

    @Test
    void shouldAppendInTheOrderOfTheDecisionsWhileTheFirstIsNotDurable() {
        HeldLog stored = new HeldLog(true, false);
        PublisherRig storing = new PublisherRig(stored, Hook.PUBLISH);
        stored.hold();
        CompletableFuture<PublishReply> first = storing.publishAside(PublisherRig.single("1"));
        await().until(() -> stored.appends().size() == 1);
        CompletableFuture<PublishReply> second = storing.publishAside(PublisherRig.single("2"));
        await().until(() -> stored.appends().size() == 2);
        stored.commit(stored.appends().get(1));
        assertThat(second.join()).isInstanceOf(PublishReply.Completed.class);
        assertThat(first).isNotDone();
        stored.commit(stored.appends().get(0));

        assertThat(stored.data()).containsExactly("1", "2");
        assertThat(first.join()).isInstanceOf(PublishReply.Completed.class);
    }

    @Test
    void shouldLetTheNextDecisionAppendThoughTheLogHasFailed() {
        log.fail(new LogException(LogException.Kind.FULL, "as the test wants it"));
        rig.publisher.publish(PublisherRig.single("1"));
        rig.publisher.publish(PublisherRig.batch("2", "3"));

        assertThat(rig.decisions.allClosed(rig.decisions.latest())).isTrue();
        assertThat(log.data()).startsWith("1", "2");
    }

    @Test
    void shouldMarkAcceptedMessagesOnlyIfStreamsMayCatchUpByTheHook() {
        PublisherRig catchingUp = new PublisherRig(log, Hook.PUBLISH, Hook.CATCHUP);
        rig.publisher.publish(PublisherRig.single("1"));
        catchingUp.publisher.publish(PublisherRig.single("2"));
        catchingUp.publisher.publish(PublisherRig.single("3"));

        assertThat(log.appends()).extracting(append -> DecisionSequence.number(append.items().getFirst().publication()))
                .containsExactly(0L, 1L, 2L);
    }

    @Test
    void shouldNotAppendClaimsOrSecretsThatLeaveTheProcess() {
        HeldLog stored = new HeldLog(true, false);
        publishWithSecrets(stored);

        assertThat(stored.appends().getFirst().items().getFirst()).satisfies(item -> {
            assertThat(item.attributes()).contains("saved");
            assertThat(item.publication().request().claims().isEmpty()).isTrue();
            assertThat(item.publication().request().headers()).containsOnlyKeys("host");
        });
    }

    @Test
    void shouldSendNoSecretsToOtherNodes() {
        HeldLog shared = new HeldLog(false, true);
        publishWithSecrets(shared);

        assertThat(shared.appends().getFirst().items().getFirst().publication().request().headers())
                .containsOnlyKeys("host");
        assertThat(shared.appends().getFirst().items().getFirst().attributes()).contains("saved");
    }

    @Test
    void shouldLeaveHeadersAsTheyAreInOneProcess() {
        publishWithSecrets(log);

        assertThat(log.appends().getFirst().items().getFirst()).satisfies(item -> {
            assertThat(item.attributes()).isEmpty();
            assertThat(item.publication().request().claims().isEmpty()).isTrue();
            assertThat(item.publication().request().headers()).hasSize(5);
        });
    }

    private static void publishWithSecrets(HeldLog to) {
        Request request = new Request("POST", "/sse", "/sse", "", "192.0.2.1", 1, Map.of("authorization", "Bearer x",
                "proxy-authorization", "Basic x", "cookie", "session=x", "x-api-key", "x", "host", "h"))
                .withClaims(claims());
        new PublisherRig(to, Hook.PUBLISH).publisher
                .publish(PublishRequest.of(Publication.of(request, Message.of("x"))));
    }

    private static Map<String, Object> claims() {
        return Map.of("sub", "ann");
    }

    @Test
    void shouldPassAttributesOfTheHookOnToTheLog() {
        Attribute<String> attribute = Attribute.of("test", String.class);
        rig.hook(publication -> Decision.accept(publication.with(attribute, "value")));
        rig.publisher.publish(PublisherRig.single("x"));

        assertThat(log.appends().getFirst().items().getFirst().publication().get(attribute)).contains("value");
    }

    @Test
    void shouldAppendMessagesOneByOneWithChannelsAndWithoutHistory() {
        rig.publisher.publish(PublisherRig.batch("1", "2"));

        assertThat(log.appends()).extracting(append -> append.items().size()).containsExactly(1, 1);
    }

    @Test
    void shouldAppendABatchInOneWithHistory() {
        HeldLog stored = new HeldLog(true, false);
        PublishReply reply = new PublisherRig(stored).publisher.publish(PublisherRig.batch("1", "2"));

        assertThat(stored.appends()).extracting(append -> append.items().size()).containsExactly(2);
        assertThat(reply).isEqualTo(completed(new PublishResult.Accepted(1, 1, Optional.of("id0-0")),
                new PublishResult.Accepted(1, 1, Optional.of("id0-1"))));
    }

    @Test
    void shouldReplyWithTheNumbersBeforeTheAppendAndItsIdsIfTheResponseIsStored() {
        HeldLog stored = new HeldLog(true, false);
        PublishReply reply = new PublisherRig(stored).publisher
                .publish(PublisherRig.single("x", PublisherRig.key("k")));

        assertThat(stored.appends().getFirst().results(List.of()))
                .containsExactly(new PublishResult.Accepted(0, 0, Optional.empty()));
        assertThat(reply).isEqualTo(completed(new PublishResult.Accepted(0, 0, Optional.of("id0-0"))));
    }

    @Test
    void shouldAppendAllMessagesOfARequestWithAKeyInOne() {
        rig.publisher.publish(PublisherRig.batch(PublisherRig.key("k"), "1", "2"));

        assertThat(log.appends()).extracting(append -> append.items().size()).containsExactly(2);
        assertThat(log.appends()).extracting(Append::key).containsExactly(Optional.of(PublisherRig.key("k")));
    }
}
