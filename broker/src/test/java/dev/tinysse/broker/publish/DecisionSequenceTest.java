package dev.tinysse.broker.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tinysse.api.Publication;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class DecisionSequenceTest {
    private final DecisionSequence sequence = new DecisionSequence();

    /** Awaits the turn of a call on a thread of its own, which waits when this returns. */
    private static Thread awaitTurn(DecisionSequence.Call call, Runnable then) {
        Thread thread = Thread.ofPlatform().daemon().start(() -> {
            call.awaitTurn();
            then.run();
        });
        await().until(() -> thread.getState() == Thread.State.WAITING);
        return thread;
    }

    @Test
    void shouldGiveTurnsInTheOrderInWhichCallsTookTheirPlaces() throws InterruptedException {
        List<String> turns = new CopyOnWriteArrayList<>();
        DecisionSequence.Call begunFirst = sequence.begin();
        DecisionSequence.Call begunLast = sequence.begin();
        begunLast.takePlace();
        begunFirst.takePlace();
        Thread waiting = awaitTurn(begunFirst, () -> turns.add("begun first"));
        begunLast.awaitTurn();
        turns.add("begun last");
        begunLast.passTurn();
        waiting.join();

        assertThat(turns).containsExactly("begun last", "begun first");
    }

    @Test
    void shouldKeepThePlaceThatACallTookFirst() throws InterruptedException {
        DecisionSequence.Call first = sequence.begin();
        DecisionSequence.Call second = sequence.begin();
        first.takePlace();
        second.takePlace();
        first.takePlace(); // as the hook may do for each message of a batch
        Thread waiting = awaitTurn(second, () -> {});
        first.awaitTurn();
        first.passTurn();
        waiting.join();
    }

    @Test
    void shouldTakeAPlaceForACallThatHasNone() throws InterruptedException {
        DecisionSequence.Call call = sequence.begin();
        call.awaitTurn();
        Thread next = awaitTurn(sequence.begin(), () -> {});
        call.passTurn();
        next.join();
    }

    @Test
    void shouldPassTheTurnOfACallThatIsClosedWithoutOne() {
        DecisionSequence.Call rejected = sequence.begin();
        rejected.takePlace();
        DecisionSequence.Call next = sequence.begin();
        next.takePlace();
        rejected.close();
        next.awaitTurn();
    }

    @Test
    void shouldLetNobodyOvertakeACallThatIsClosedBeforeItsTurn() throws InterruptedException {
        DecisionSequence.Call first = sequence.begin();
        DecisionSequence.Call rejected = sequence.begin();
        DecisionSequence.Call last = sequence.begin();
        first.takePlace();
        rejected.takePlace();
        last.takePlace();
        Thread closing = Thread.ofPlatform().daemon().start(rejected::close);
        await().until(() -> closing.getState() == Thread.State.WAITING);
        Thread waiting = awaitTurn(last, () -> {});
        first.passTurn();
        closing.join();
        waiting.join();
    }

    @Test
    void shouldKnowWhetherEarlierCallsAreClosed() {
        DecisionSequence.Call first = sequence.begin();
        long firstNumber = sequence.latest();
        DecisionSequence.Call second = sequence.begin();
        second.close();

        assertThat(sequence.latest()).isEqualTo(firstNumber + 1);
        assertThat(sequence.allClosed(firstNumber - 1)).isTrue();
        assertThat(sequence.allClosed(firstNumber)).isFalse();
        assertThat(sequence.allClosed(firstNumber + 1)).isFalse();
        first.close();
        assertThat(sequence.allClosed(firstNumber + 1)).isTrue();
    }

    @Test
    void shouldReportWhenAllCallsUpToOneAreClosed() {
        DecisionSequence.Call first = sequence.begin();
        DecisionSequence.Call second = sequence.begin();
        CompletableFuture<Void> closed = sequence.whenAllClosed(sequence.latest());
        DecisionSequence.Call later = sequence.begin();
        second.close();
        assertThat(closed).isNotDone();
        first.close();
        assertThat(closed).isCompleted();
        later.close();
    }

    @Test
    void shouldReportAtOnceIfNoCallIsUnderWay() {
        sequence.begin().close();

        assertThat(sequence.whenAllClosed(sequence.latest())).isCompleted();
    }

    @Test
    void shouldMarkPublicationsWithTheNumberOfTheirCall() {
        DecisionSequence.Call call = sequence.begin();
        Publication publication = PublisherRig.publication("x");

        assertThat(DecisionSequence.number(publication)).isZero();
        assertThat(DecisionSequence.number(call.marked(publication))).isEqualTo(sequence.latest());
    }
}
