package dev.tinysse.cluster.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tinysse.broker.log.Append;
import dev.tinysse.broker.log.LogException;
import dev.tinysse.broker.log.PublishResult;
import dev.tinysse.broker.tck.LogRig;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PendingTest {
    private static final PublishResult.Accepted ONE = new PublishResult.Accepted(1, 2, Optional.of("1"));
    private static final PublishResult.Accepted TWO = new PublishResult.Accepted(3, 4, Optional.of("2"));

    private final AtomicInteger ended = new AtomicInteger();
    private final Append append = NodeRig.append("x", "y");
    private final Pending pending = new Pending(append, 0, ended::incrementAndGet);

    @Test
    void shouldBeCommittedWhenRedisHasStoredItAndThisNodeHasReadIt() throws Exception {
        pending.taken();
        pending.followed(1, TWO);
        assertThat(pending.isDone()).isFalse();
        pending.followed(0, ONE);
        assertThat(NodeRig.outcome(append)).isEqualTo(committed(ONE, TWO));
        assertThat(ended).hasValue(1);
    }

    @Test
    void shouldBeCommittedAlsoIfThisNodeHasReadItFirst() throws Exception {
        pending.followed(0, ONE);
        pending.followed(1, TWO);
        assertThat(pending.isDone()).isFalse();
        pending.taken();
        assertThat(NodeRig.outcome(append)).isEqualTo(committed(ONE, TWO));
    }

    @Test
    void shouldCountAPublicationOnceThatIsReadAgain() throws Exception {
        pending.taken();
        pending.followed(0, ONE);
        pending.followed(0, TWO);
        assertThat(pending.isDone()).isFalse();
        pending.followed(1, TWO);
        assertThat(NodeRig.outcome(append)).isEqualTo(committed(ONE, TWO));
    }

    @Test
    void shouldBeUncertainIfRedisHasNotAnsweredInTime() throws Exception {
        pending.followed(0, ONE);
        pending.timeUp();
        assertThat(NodeRig.failure(append).kind()).isEqualTo(LogException.Kind.UNCERTAIN);
        assertThat(ended).hasValue(1);
    }

    @Test
    void shouldBeCommittedWithoutCountsIfThisNodeHasNotReadItInTime() throws Exception {
        pending.taken();
        pending.followed(0, ONE);
        pending.timeUp();
        assertThat(NodeRig.outcome(append))
                .isEqualTo(committed(ONE, new PublishResult.Accepted(0, 0, Optional.empty())));
    }

    @Test
    void shouldHaveOneOutcome() throws Exception {
        pending.fail(new LogException(LogException.Kind.FULL, "full"));
        pending.complete(new Append.Outcome.KeyReused());
        pending.taken();
        pending.followed(0, ONE);
        pending.followed(1, TWO);
        pending.timeUp();
        assertThat(NodeRig.failure(append)).hasMessage("full");
        assertThat(ended).hasValue(1);
    }

    @Test
    void shouldNeedNothingToReadIfOnlyAResponseIsStored() throws Exception {
        Append response = new Append(List.of(), LogRig.key("a", "k", "d"),
                List.of());
        new Pending(response, 0, ended::incrementAndGet).taken();
        assertThat(NodeRig.outcome(response)).isEqualTo(committed());
    }

    private static Append.Outcome committed(PublishResult.Accepted... receipts) {
        return new Append.Outcome.Committed(List.of(receipts));
    }
}
