package dev.tinysse.broker.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tinysse.broker.replay.ReplayPage;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The way of a stream through the pages of a log. */
class PagesOfReplayTest {
    private final Replay replay = new Replay(3, 20, 10);

    private static ReplayPage part(long through, String... data) {
        ReplayPage last = SubscriberRig.lastPage(through, data);
        return new ReplayPage(last.gap(), last.known(), last.entries(), last.through(), false);
    }

    @Test
    void shouldReadOnePageAtATimeUntilTheEnd() {
        assertThat(replay.readAfter()).isEqualTo(3);
        assertThat(replay.beginReading()).isTrue();
        assertThat(replay.beginReading()).isFalse();
        assertThat(replay.page(part(10, "9", "10"))).isTrue();
        assertThat(replay.readAfter()).isEqualTo(10);
        assertThat(replay.beginReading()).isTrue();
        assertThat(replay.page(SubscriberRig.lastPage(15, "15"))).isTrue();
        assertThat(replay.beginReading()).isFalse();
    }

    @Test
    void shouldTakeTheMessagesOfAPageInOrder() {
        replay.page(part(10, "9", "10"));
        assertThat(replay.pending()).isEqualTo(2);
        assertThat(replay.peek(1).position).isEqualTo(10);
        assertThat(replay.lastPending().orElseThrow().position).isEqualTo(10);
        assertThat(replay.take().position).isEqualTo(9);
        assertThat(replay.pending()).isOne();
        assertThat(replay.isComplete()).isFalse();
        assertThat(replay.take().position).isEqualTo(10);
        assertThat(replay.pending()).isZero();
        assertThat(replay.lastPending()).isEmpty();
        assertThat(replay.isComplete()).isFalse();
    }

    @Test
    void shouldBeCompleteOnceTheLastPageIsTaken() {
        replay.page(SubscriberRig.lastPage(15, "14", "15"));
        replay.take();
        assertThat(replay.isComplete()).isFalse();
        replay.take();
        assertThat(replay.isComplete()).isTrue();
        assertThat(replay.lost()).isEqualTo(8);
    }

    @Test
    void shouldBeCompleteWithoutAnyMessage() {
        replay.page(new ReplayPage(Optional.empty(), 0, List.of(), 20, true));
        assertThat(replay.isComplete()).isTrue();
        assertThat(replay.lost()).isEqualTo(10);
        assertThat(new Replay(20, 20, 0).isComplete()).isTrue();
    }

    @Test
    void shouldGoOnBehindAPageWhoseMessagesAreAllSkipped() {
        replay.page(new ReplayPage(Optional.empty(), 0, List.of(), 12, false));
        assertThat(replay.isComplete()).isFalse();
        assertThat(replay.readAfter()).isEqualTo(12);
        replay.dropPage();
        assertThat(replay.readAfter()).isEqualTo(12);
    }

    @Test
    void shouldReadWhatIsLeftOfAPageAgain() {
        replay.beginReading();
        replay.page(part(10, "8", "9", "10"));
        replay.take();
        replay.dropPage();

        assertThat(replay.pending()).isZero();
        assertThat(replay.readAfter()).isEqualTo(8);
        assertThat(replay.beginReading()).isTrue();
    }

    @Test
    void shouldIgnoreAPageThatIsOutdated() {
        replay.beginReading();
        replay.dropPage();

        assertThat(replay.page(part(10, "10"))).isFalse();
        assertThat(replay.pending()).isZero();
        assertThat(replay.beginReading()).isTrue();
        assertThat(replay.page(part(10, "10"))).isTrue();
    }

    @Test
    void shouldLoseNothingBeyondWhatItExpected() {
        Replay shorter = new Replay(3, 20, 1);
        shorter.page(SubscriberRig.lastPage(20, "19", "20"));
        shorter.take();
        shorter.take();

        assertThat(shorter.lost()).isZero();
    }
}
