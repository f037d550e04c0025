package dev.tinysse.broker.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tinysse.api.Hook;
import dev.tinysse.broker.dispatch.Entry;
import dev.tinysse.broker.replay.ReplayStart;
import dev.tinysse.broker.stream.RetryDelay;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How streams end: what their clients receive, what their owners are notified of, and what counts as lost. */
class SubscriberEndsTest {
    private static final RetryDelay AT_ONCE = RetryDelay.of(Duration.ZERO);

    private final SubscriberRig rig = new SubscriberRig(false);
    private final SubscriberRig hooked = new SubscriberRig(false, Hook.MESSAGE);

    /** An end that the client of a live stream expects. */
    enum Expected {
        TIMEOUT("timeout 7", "timeout"), TIMEOUT_WITHOUT_HOOK("timeout 7", "timeout"), EXPIRED("expired 7",
                "expired"), DISCONNECTED("stop",
                        "disconnected"), DISCONNECTED_FOR_GOOD("end", "disconnected"), STOP("stop", "drain");

        final String line;
        final String reason;

        Expected(String line, String reason) {
            this.line = line;
            this.reason = reason;
        }

        void end(SubscriberEnds ends, Subscriber subscriber) {
            switch (this) {
                case TIMEOUT -> ends.timeOut(subscriber, 7);
                case TIMEOUT_WITHOUT_HOOK -> ends.timeOutWithoutHook(subscriber);
                case EXPIRED -> ends.expire(subscriber);
                case DISCONNECTED -> ends.disconnect(subscriber);
                case DISCONNECTED_FOR_GOOD -> ends.disconnectForGood(subscriber);
                case STOP -> ends.drain(AT_ONCE);
            }
        }
    }

    private static Subscriber live(SubscriberRig of) throws IOException {
        Subscriber subscriber = of.live();
        subscriber.writable(false);
        subscriber.deadline(of.pass(SubscriberRig.TIMEOUT)); // for the ends that follow a timeout
        return subscriber;
    }

    private List<Entry> takeForHook(Subscriber subscriber) {
        List<Entry> taken = new ArrayList<>();
        subscriber.takeForHook(taken);
        return taken;
    }

    private static void returnAll(SubscriberRig of) {
        of.ends.returnChannels(of.ends.returning());
    }

    @ParameterizedTest
    @EnumSource
    void shouldSendTheLastBytesAndReturnTheChannel(Expected expected) throws IOException {
        Subscriber subscriber = live(rig);
        List<String> before = rig.lines(subscriber);
        expected.end(rig.ends, subscriber);

        assertThat(rig.lines(subscriber)).startsWith(before.toArray(String[]::new)).endsWith(expected.line);
        assertThat(rig.events(subscriber)).containsExactly("ended " + expected.reason + " lost=0");
        assertThat(rig.table.size()).isZero();
        assertThat(rig.ends.returning()).isOne();
        assertThat(rig.open.count()).isOne();
        returnAll(rig);
        assertThat(rig.events(subscriber)).endsWith("returned").hasSize(2);
        assertThat(rig.open.count()).isZero();
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "STOP")
    void shouldSendWhatWasPublishedBefore(Expected expected) throws IOException {
        Subscriber subscriber = live(rig);
        rig.commit("before"); // it has not arrived
        expected.end(rig.ends, subscriber);

        assertThat(rig.lines(subscriber)).endsWith("before", expected.line);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "STOP")
    void shouldCloseTheStreamOfASlowConsumerAndCountWhatIsLost(Expected expected) throws IOException {
        Subscriber subscriber = live(rig);
        rig.room(subscriber, 0);
        rig.publish("1", "2");
        subscriber.writable(false);
        expected.end(rig.ends, subscriber);

        assertThat(rig.events(subscriber)).containsExactly("ended " + expected.reason + " lost=2", "closed");
        assertThat(rig.losses.sum()).isEqualTo(2);
        assertThat(rig.open.count()).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void shouldEndOnlyOnce(Expected expected) throws IOException {
        Subscriber subscriber = live(rig);
        expected.end(rig.ends, subscriber);
        expected.end(rig.ends, subscriber);
        rig.ends.close(subscriber, EndReason.CLIENT_LEFT);
        rig.ends.release(subscriber);

        assertThat(rig.events(subscriber)).hasSize(1);
        assertThat(rig.ends.returning()).isOne();
    }

    @ParameterizedTest
    @EnumSource(names = {"TIMEOUT", "DISCONNECTED", "DISCONNECTED_FOR_GOOD"})
    void shouldWaitForTheMessageHookAndThenSendTheLastBytes(Expected expected) throws IOException {
        Subscriber subscriber = live(hooked);
        hooked.publish("1");
        List<Entry> taken = takeForHook(subscriber);
        expected.end(hooked.ends, subscriber);
        hooked.ends.endComplete();
        hooked.publish("late");
        assertThat(hooked.events(subscriber)).isEmpty();
        assertThat(subscriber.isJoined()).isFalse();

        subscriber.decided(1);
        subscriber.addDecided(taken.getFirst(), taken.getFirst().frame);
        subscriber.writable(true);
        hooked.ends.endComplete();
        assertThat(hooked.lines(subscriber)).endsWith("1", expected.line).doesNotContain("late");
        assertThat(hooked.events(subscriber)).containsExactly("ended " + expected.reason + " lost=0");
    }

    @Test
    void shouldNotWaitForTheMessageHookWhenATokenExpires() throws IOException {
        Subscriber subscriber = live(hooked);
        hooked.publish("1", "2");
        takeForHook(subscriber);
        hooked.ends.expire(subscriber);

        assertThat(hooked.lines(subscriber)).endsWith("expired 7").doesNotContain("1");
        assertThat(hooked.events(subscriber)).containsExactly("ended expired lost=2");
    }

    @Test
    void shouldGiveUpOnTheMessageHookAndCountWhatItHasNotDecided() throws IOException {
        Subscriber subscriber = live(hooked);
        hooked.publish("1", "2", "3");
        takeForHook(subscriber);
        hooked.ends.disconnect(subscriber);
        hooked.ends.giveUp(subscriber);

        assertThat(hooked.lines(subscriber)).endsWith("stop");
        assertThat(hooked.events(subscriber)).containsExactly("ended disconnected lost=3");
        assertThat(subscriber.decided(3)).isFalse();
    }

    @Test
    void shouldCloseASlowConsumerThatWaitsForTheMessageHook() throws IOException {
        Subscriber subscriber = live(hooked);
        hooked.publish("1");
        List<Entry> taken = takeForHook(subscriber);
        hooked.ends.disconnect(subscriber);
        hooked.room(subscriber, 0);
        subscriber.decided(1);
        subscriber.addDecided(taken.getFirst(), taken.getFirst().frame);
        subscriber.writable(true);
        hooked.ends.endComplete();
        assertThat(hooked.events(subscriber)).isEmpty();
        hooked.ends.giveUp(subscriber);

        assertThat(hooked.events(subscriber)).containsExactly("ended disconnected lost=1", "closed");
    }

    @Test
    void shouldEndEachStreamOfADrainOnceItHasEverything() throws IOException {
        Subscriber behind = live(hooked);
        Subscriber complete = live(hooked);
        hooked.publish("1");
        List<Entry> taken = takeForHook(behind);
        takeForHook(complete);
        complete.decided(1);
        hooked.ends.drain(AT_ONCE);
        assertThat(hooked.events(complete)).containsExactly("ended drain lost=0");
        assertThat(hooked.events(behind)).isEmpty();

        behind.decided(1);
        behind.addDecided(taken.getFirst(), taken.getFirst().frame);
        behind.writable(true);
        hooked.ends.drain(behind);
        assertThat(hooked.events(behind)).containsExactly("ended drain lost=0");
    }

    @Test
    void shouldEndAtTheEndOfADrainWithWhatIsLost() throws IOException {
        Subscriber inHook = live(hooked);
        Subscriber slow = live(hooked);
        Subscriber waiting = live(hooked);
        hooked.publish("1");
        takeForHook(inHook);
        takeForHook(waiting);
        hooked.room(slow, 0);
        slow.writable(false);
        hooked.ends.disconnect(waiting);
        hooked.ends.drain(AT_ONCE);
        hooked.ends.endDrain();

        assertThat(hooked.events(inHook)).containsExactly("ended drain lost=1");
        assertThat(hooked.lines(inHook)).endsWith("stop");
        assertThat(hooked.events(slow)).containsExactly("ended drain lost=1", "closed");
        assertThat(hooked.events(waiting)).containsExactly("ended disconnected lost=1");
        assertThat(hooked.table.size()).isZero();
    }

    @Test
    void shouldEndAStreamInItsReplayUnfinishedAtAStop() throws IOException {
        SubscriberRig stored = new SubscriberRig(true);
        Subscriber subscriber = stored.opened();
        subscriber.catchUp();
        subscriber.replay(new ReplayStart(3, 0, SubscriberRig.EPOCH, Optional.empty()), 9);
        subscriber.nextPage();
        subscriber.page(subscriber.replay().orElseThrow(), SubscriberRig.lastPage(9, "8", "9"), false);
        stored.ends.drain(AT_ONCE);
        assertThat(stored.events(subscriber)).isEmpty();
        stored.ends.endDrain();

        assertThat(stored.lines(subscriber)).containsExactly("stop");
        assertThat(stored.events(subscriber)).containsExactly("ended drain lost=2");
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "STOP")
    void shouldEndAStreamWhoseScriptHasNotReturned(Expected expected) throws IOException {
        Subscriber subscriber = rig.opened();
        subscriber.deadline(rig.pass(SubscriberRig.TIMEOUT));
        rig.publish("early");
        expected.end(rig.ends, subscriber);

        assertThat(rig.lines(subscriber)).endsWith(expected.line).doesNotContain("early");
        assertThat(subscriber.catchUp()).isFalse();
    }

    @Test
    void shouldCloseTheStreamOfAClientThatHasLeftAndLoseNothing() throws IOException {
        Subscriber subscriber = live(rig);
        rig.room(subscriber, 0);
        rig.publish("1");
        subscriber.writable(false);
        rig.ends.close(subscriber, EndReason.CLIENT_LEFT);

        assertThat(rig.events(subscriber)).containsExactly("ended client lost=0", "closed");
        assertThat(rig.losses.sum()).isZero();
    }

    @Test
    void shouldCloseAStreamThatFails() throws IOException {
        Subscriber reset = live(rig);
        Subscriber failed = live(rig);
        rig.publish("1");
        rig.ends.fail(reset, new IOException("Connection reset by peer"));
        rig.ends.fail(failed, new IllegalStateException("as the test wants it"));

        assertThat(rig.events(reset)).containsExactly("ended client lost=1", "closed");
        assertThat(rig.events(failed)).containsExactly("ended error lost=1", "closed");
    }

    @Test
    void shouldCloseTheStreamThatStalledFirstWhileTooMuchIsHeld() throws IOException {
        List<Subscriber> holders = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            Subscriber subscriber = rig.opened();
            subscriber.catchUp();
            rig.room(subscriber, 0);
            subscriber.replay(List.of(new byte[4]));
            subscriber.writable(false);
            subscriber.hold();
            holders.add(subscriber);
            rig.pass(Duration.ofSeconds(1));
        }
        assertThat(rig.context.isTooMuchHeld()).isTrue();
        rig.ends.closeHolders();

        assertThat(rig.events(holders.getFirst())).containsExactly("ended slow lost=1", "closed");
        assertThat(rig.events(holders.get(1))).isEmpty();
        assertThat(rig.events(holders.get(2))).isEmpty();
        assertThat(rig.context.isTooMuchHeld()).isFalse();
    }

    @Test
    void shouldNotCountAStreamForMessagesThatFollowItsEnd() throws IOException {
        Subscriber subscriber = live(rig);
        rig.publish("1");
        assertThat(rig.dispatcher.queued()).isOne();
        rig.ends.close(subscriber, EndReason.CLIENT_LEFT);

        assertThat(rig.dispatcher.queued()).isZero();
        assertThat(rig.dispatcher.streams()).isZero();
        rig.publish("2");
        assertThat(rig.dispatcher.queued()).isZero();
    }

    @Test
    void shouldCountMessagesThatWereGivenToTheThreadBeforeTheEnd() throws IOException {
        Subscriber subscriber = live(rig);
        Subscriber other = live(rig);
        rig.publish("1");
        other.writable(false);
        assertThat(rig.dispatcher.queued()).isOne();
        rig.ends.close(subscriber, EndReason.CLIENT_LEFT);

        assertThat(rig.dispatcher.queued()).isZero();
        assertThat(rig.dispatcher.streams()).isOne();
    }
}
