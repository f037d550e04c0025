package dev.tinysse.broker.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tinysse.api.Hook;
import dev.tinysse.broker.dispatch.Entry;
import dev.tinysse.broker.log.LogGap;
import dev.tinysse.broker.replay.ReplayStart;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What each event does in each phase. */
class SubscriberPhasesTest {
    private static final ReplayStart START = new ReplayStart(3, 0, SubscriberRig.EPOCH, Optional.empty());

    private final SubscriberRig rig = new SubscriberRig(true);

    private Subscriber inLogReplay() {
        Subscriber subscriber = rig.opened();
        subscriber.catchUp();
        subscriber.replay(START, 9);
        return subscriber;
    }

    private static Replay replay(Subscriber subscriber) {
        return subscriber.replay().orElseThrow();
    }

    // Script replay

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldLeaveMessagesInTheRingBeforeTheScriptHasReturned(boolean history) throws IOException {
        SubscriberRig of = new SubscriberRig(history);
        Subscriber subscriber = of.opened();
        of.publish("early");

        assertThat(subscriber.arrival()).isEqualTo(Subscriber.Step.NONE);
        assertThat(subscriber.writable(false)).isEqualTo(Subscriber.Step.NONE);
        assertThat(of.lines(subscriber)).isEmpty();
        assertThat(subscriber.canTake()).isFalse();
        assertThat(subscriber.untaken()).isOne();
    }

    @Test
    void shouldSendTheReplayOfTheScriptBeforeItIsLive() throws IOException {
        Subscriber subscriber = rig.opened();
        rig.publish("early");
        subscriber.catchUp();
        subscriber.replay(List.of("replayed\n".getBytes(UTF_8)));
        subscriber.writable(false);
        assertThat(rig.lines(subscriber)).containsExactly("replayed");

        subscriber.goLive(Set.of(), 0, Optional.empty());
        subscriber.writable(false);
        assertThat(rig.lines(subscriber)).containsExactly("replayed", "caught up", "early");
    }

    @Test
    void shouldReadNoPageBeforeTheScriptHasReturned() throws IOException {
        Subscriber subscriber = rig.opened();
        subscriber.missed(new LogGap(0, 5, Optional.empty()));
        subscriber.reportMissed();

        assertThat(subscriber.hasMissed()).isFalse();
        assertThat(subscriber.nextPage()).isEmpty();
        subscriber.catchUp();
        subscriber.goLive();
        assertThat(subscriber.hasMissed()).isTrue();
    }

    // Log replay

    @Test
    void shouldReadTheLogUntilItsEndAndThenBeLive() throws IOException {
        Subscriber subscriber = inLogReplay();
        rig.publish("1");
        assertThat(subscriber.writable(false)).isEqualTo(Subscriber.Step.READ_LOG);
        assertThat(subscriber.nextPage().orElseThrow().after()).isEqualTo(3);
        assertThat(subscriber.isLive()).isFalse();

        subscriber.page(replay(subscriber), SubscriberRig.lastPage(9, "8", "9"), false);
        assertThat(subscriber.writable(false)).isEqualTo(Subscriber.Step.NONE);
        assertThat(rig.lines(subscriber)).containsExactly("8", "9", "caught up", "1");
        assertThat(subscriber.isLive()).isTrue();
    }

    @Test
    void shouldWriteNoMessageOfTheRingWhileItReadsTheLog() throws IOException {
        Subscriber subscriber = inLogReplay();
        rig.publish("1");

        subscriber.arrival();
        assertThat(rig.lines(subscriber)).isEmpty();
        assertThat(subscriber.left()).isOne();
    }

    @Test
    void shouldReadAPageAgainOfWhichTheClientHasAcceptedAPart() throws IOException {
        Subscriber subscriber = inLogReplay();
        subscriber.writable(false);
        subscriber.nextPage();
        rig.room(subscriber, 2);
        subscriber.page(replay(subscriber), SubscriberRig.lastPage(9, "8", "9"), false);
        assertThat(subscriber.writable(false)).isEqualTo(Subscriber.Step.NONE);
        assertThat(subscriber.isStalled()).isTrue();

        rig.room(subscriber, Integer.MAX_VALUE);
        assertThat(subscriber.writable(false)).isEqualTo(Subscriber.Step.READ_LOG);
        assertThat(rig.lines(subscriber)).containsExactly("8");
        assertThat(subscriber.nextPage().orElseThrow().after()).isEqualTo(8);
    }

    @Test
    void shouldIgnoreAPageThatWasBeingReadWhenTheClientStalled() throws IOException {
        Subscriber subscriber = inLogReplay();
        subscriber.writable(false);
        subscriber.nextPage();
        Replay replay = replay(subscriber);
        replay.dropPage();

        subscriber.page(replay, SubscriberRig.lastPage(9, "9"), false);
        assertThat(replay.pending()).isZero();
        assertThat(subscriber.nextPage().orElseThrow().after()).isEqualTo(3);
    }

    @Test
    void shouldIgnoreAPageOfAnEarlierReplay() throws IOException {
        Subscriber subscriber = inLogReplay();
        Replay earlier = new Replay(0, 9, 0);

        assertThat(subscriber.isReading(earlier)).isFalse();
        subscriber.page(earlier, SubscriberRig.lastPage(9, "9"), false);
        subscriber.writable(false);
        assertThat(rig.lines(subscriber)).isEmpty();
    }

    @Test
    void shouldTakeMessagesOfAPageForTheHookAndReadOnOnceTheyAreDecided() throws IOException {
        Subscriber subscriber = inLogReplay();
        subscriber.nextPage();
        subscriber.page(replay(subscriber), SubscriberRig.lastPage(9, "8", "9"), true);
        assertThat(subscriber.writable(true)).isEqualTo(Subscriber.Step.CALL_HOOK);

        List<Entry> taken = new ArrayList<>();
        assertThat(subscriber.takeForHook(taken)).isEqualTo(Subscriber.Step.NONE);
        assertThat(taken).hasSize(2);
        assertThat(subscriber.isInHook()).isTrue();
        assertThat(subscriber.canTake()).isFalse();

        assertThat(subscriber.decided(2)).isTrue();
        subscriber.addDecided(taken.getFirst(), "changed\n".getBytes(UTF_8));
        subscriber.writable(true);
        assertThat(rig.lines(subscriber)).containsExactly("changed", "caught up");
        assertThat(subscriber.isLive()).isTrue();
    }

    // Live

    @Test
    void shouldWriteMessagesAsTheyArrive() throws IOException {
        Subscriber subscriber = rig.live();
        rig.publish("1", "2");

        assertThat(subscriber.arrival()).isEqualTo(Subscriber.Step.NONE);
        assertThat(rig.lines(subscriber)).containsExactly("caught up", "1", "2");
        assertThat(subscriber.hasAllOfRing()).isTrue();
    }

    @Test
    void shouldCallTheHookForMessagesOfTheRingAndWriteNone() throws IOException {
        Subscriber subscriber = rig.live();
        subscriber.writable(true);
        rig.publish("1");

        assertThat(subscriber.writable(true)).isEqualTo(Subscriber.Step.CALL_HOOK);
        assertThat(rig.lines(subscriber)).containsExactly("caught up");
        List<Entry> taken = new ArrayList<>();
        assertThat(subscriber.takeForHook(taken)).isEqualTo(Subscriber.Step.NONE);
        assertThat(subscriber.writable(true)).isEqualTo(Subscriber.Step.NONE);
        subscriber.hookFailed();
        assertThat(subscriber.isInHook()).isFalse();
    }

    @Test
    void shouldReadTheLogWhenMessagesAreGoneFromTheRing() throws IOException {
        Subscriber subscriber = rig.live();
        subscriber.writable(false);
        rig.publish("1", "2", "3", "4", "5", "6");

        assertThat(subscriber.writable(false)).isEqualTo(Subscriber.Step.READ_LOG);
        assertThat(subscriber.isLive()).isFalse();
        assertThat(replay(subscriber).upTo).isEqualTo(6);
        assertThat(rig.losses.sum()).isZero();
        subscriber.nextPage();
        subscriber.page(replay(subscriber), SubscriberRig.lastPage(6, "5", "6"), false);
        subscriber.writable(false);
        assertThat(rig.lines(subscriber)).containsExactly("caught up", "5", "6");
        assertThat(rig.losses.sum()).isEqualTo(4);
    }

    @Test
    void shouldGoOnWithTheOldestMessageWithoutHistoryAndReportTheGap() throws IOException {
        SubscriberRig of = new SubscriberRig(false);
        Subscriber subscriber = of.live();
        subscriber.writable(false);
        of.publish("1", "2", "3", "4", "5", "6");

        assertThat(subscriber.writable(false)).isEqualTo(Subscriber.Step.NONE);
        assertThat(of.lines(subscriber)).containsExactly("caught up", "gap expired[default]", "3", "4", "5", "6");
        assertThat(of.losses.sum()).isEqualTo(2);
        assertThat(subscriber.lost()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldReadMissingMessagesOrReportTheGapWithoutHistory(boolean history) throws IOException {
        SubscriberRig of = new SubscriberRig(history);
        Subscriber subscriber = of.live();
        subscriber.missed(new LogGap(0, 5, Optional.empty()));
        subscriber.missed(new LogGap(5, 8, Optional.of(SubscriberRig.EPOCH)));
        of.context.arrived(8);
        subscriber.reportMissed();

        assertThat(subscriber.hasMissed()).isFalse();
        assertThat(subscriber.isLive()).isNotEqualTo(history);
        assertThat(subscriber.writable(false))
                .isEqualTo(history ? Subscriber.Step.READ_LOG : Subscriber.Step.NONE);
        assertThat(of.lines(subscriber)).containsExactlyElementsOf(
                history ? List.of("caught up") : List.of("caught up", "gap epoch[default]"));
    }

    @Test
    void shouldReportNoGapWhileMessagesAreInTheHook() throws IOException {
        Subscriber subscriber = rig.live();
        rig.publish("1");
        subscriber.writable(true);
        subscriber.takeForHook(new ArrayList<>());
        subscriber.missed(new LogGap(1, 5, Optional.empty()));
        subscriber.reportMissed();
        assertThat(subscriber.isLive()).isTrue();

        subscriber.decided(1);
        subscriber.reportMissed();
        assertThat(subscriber.isLive()).isFalse();
    }

    // Last bytes, and the end

    @Test
    void shouldSendNothingBehindTheLastBytes() throws IOException {
        Subscriber subscriber = rig.live();
        subscriber.endWith(EndReason.DISCONNECTED, "bye\n".getBytes(UTF_8), 0);
        rig.publish("late");
        subscriber.endNow();

        assertThat(subscriber.arrival()).isEqualTo(Subscriber.Step.RELEASE);
        assertThat(subscriber.writable(false)).isEqualTo(Subscriber.Step.RELEASE);
        assertThat(rig.lines(subscriber)).containsExactly("caught up", "bye");
        assertThat(subscriber.isEnding()).isTrue();
        assertThat(subscriber.decided(0)).isFalse();
    }

    @Test
    void shouldDoNothingAtADeadlineOnceItHasEnded() throws IOException {
        Subscriber subscriber = rig.live();
        subscriber.ended();

        assertThat(subscriber.deadline(rig.pass(SubscriberRig.TIMEOUT))).isEqualTo(Subscriber.Step.NONE);
        assertThat(subscriber.hasEnded()).isTrue();
        assertThat(subscriber.catchUp()).isFalse();
    }

    // Deadlines

    @Test
    void shouldCloseASlowConsumerAfterTheWriteTimeoutAlone() throws IOException {
        Subscriber subscriber = rig.live();
        rig.room(subscriber, 0);
        subscriber.writable(false);

        assertThat(subscriber.deadline(rig.pass(SubscriberRig.WRITE_TIMEOUT.minusNanos(1))))
                .isEqualTo(Subscriber.Step.NONE);
        assertThat(subscriber.deadline(rig.pass(Duration.ofNanos(1)))).isEqualTo(Subscriber.Step.CLOSE_SLOW_CONSUMER);
    }

    @Test
    void shouldSendAKeepAliveAfterTheLastWriteAlsoDuringAReplay() throws IOException {
        Subscriber subscriber = inLogReplay();

        assertThat(subscriber.deadline(rig.pass(SubscriberRig.KEEP_ALIVE))).isEqualTo(Subscriber.Step.NONE);
        assertThat(rig.lines(subscriber)).containsExactly("keep-alive");
        subscriber.deadline(rig.pass(SubscriberRig.KEEP_ALIVE.minusNanos(1)));
        assertThat(rig.lines(subscriber)).hasSize(1);
    }

    @Test
    void shouldAskForTheTimeoutOnceAndEndWithoutTheHookInTheEnd() throws IOException {
        Subscriber subscriber = rig.live();

        assertThat(subscriber.deadline(rig.pass(SubscriberRig.TIMEOUT))).isEqualTo(Subscriber.Step.TIME_OUT);
        assertThat(subscriber.deadline(rig.pass(Duration.ofMillis(499)))).isEqualTo(Subscriber.Step.NONE);
        assertThat(subscriber.deadline(rig.pass(Duration.ofMillis(1))))
                .isEqualTo(Subscriber.Step.TIME_OUT_WITHOUT_HOOK);
    }

    @Test
    void shouldGiveUpWaitingForTheMessageHook() throws IOException {
        SubscriberRig of = new SubscriberRig(false, Hook.MESSAGE);
        Subscriber subscriber = of.live();
        of.publish("1");
        subscriber.endWith(EndReason.DISCONNECTED, "bye\n".getBytes(UTF_8), 0);

        assertThat(subscriber.isWaitingToEnd()).isTrue();
        assertThat(subscriber.deadline(of.pass(Duration.ofMillis(499)))).isEqualTo(Subscriber.Step.NONE);
        assertThat(subscriber.deadline(of.pass(Duration.ofMillis(1)))).isEqualTo(Subscriber.Step.GIVE_UP);
    }

    @Test
    void shouldWaitNoLongerForTheHookAtASecondReasonToEnd() throws IOException {
        Subscriber subscriber = rig.live();
        subscriber.endWith(EndReason.TIMEOUT.inHook(), new byte[0], 0);
        subscriber.endWith(EndReason.DISCONNECTED, new byte[0], rig.pass(Duration.ofMillis(400)));
        assertThat(subscriber.isEndingLate(rig.context.now())).isFalse();

        assertThat(subscriber.isEndingLate(rig.pass(Duration.ofMillis(100)))).isTrue();
        assertThat(subscriber.endReason()).isEqualTo(EndReason.DISCONNECTED);
    }
}
