package dev.tinysse.server.component;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tinysse.broker.progress.LoopProgress;
import dev.tinysse.server.LogLines;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WatchdogTest {
    private final LogLines log = new LogLines();
    private final LoopProgress loop = new LoopProgress("test-loop");
    private final LoopProgress other = new LoopProgress("other-loop");
    private final Watchdog watchdog = new Watchdog();

    @BeforeEach
    void watch() {
        watchdog.watch(List.of(loop, other));
    }

    @AfterEach
    void close() {
        log.close();
    }

    /** So many looks at loops that do nothing between. */
    private void looks(int count) {
        for (int i = 0; i < count; i++) {
            watchdog.look();
        }
    }

    private void turn() {
        loop.busy(Thread.currentThread());
        loop.idle();
    }

    @Test
    void shouldReportAThreadThatStaysInOneTurnOnceAndWhereItIs() {
        loop.busy(Thread.currentThread());
        looks(Watchdog.LOOKS + 20);
        assertThat(watchdog.stuck()).containsExactly("test-loop");
        assertThat(log.with("thread is stuck")).singleElement().asString().startsWith("SEVERE ")
                .contains("thread=test-loop", "seconds=5", getClass().getName() + ".shouldReport");
    }

    @Test
    void shouldWaitForSomeLooksBeforeIt() {
        loop.busy(Thread.currentThread());
        looks(Watchdog.LOOKS);
        assertThat(watchdog.stuck()).isEmpty();
        assertThat(log.with("thread is stuck")).isEmpty();
    }

    @Test
    void shouldReportWhatAVirtualThreadDoesThatTheLoopCarries() throws InterruptedException {
        Thread carried = Thread.ofVirtual().start(WatchdogTest::park);
        while (carried.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
        loop.busy(Thread.currentThread());
        loop.busy(carried);
        looks(Watchdog.LOOKS + 1);
        assertThat(log.with("thread is stuck")).singleElement().asString().contains(getClass().getName() + ".park");
        carried.interrupt();
        carried.join();
    }

    private static void park() {
        LockSupport.park();
    }

    @Test
    void shouldReportThatAThreadTurnsAgainAndTheNextTimeThatItDoesNot() {
        loop.busy(Thread.currentThread());
        looks(Watchdog.LOOKS + 4);
        loop.idle();
        looks(3);
        assertThat(watchdog.stuck()).isEmpty();
        assertThat(log.with("no longer stuck")).singleElement().asString().startsWith("WARNING ")
                .contains("thread=test-loop", "seconds=8");
        loop.busy(Thread.currentThread());
        looks(Watchdog.LOOKS + 1);
        assertThat(log.with("thread is stuck")).hasSize(2);
    }

    @Test
    void shouldNotReportAThreadThatIsIdleForLong() {
        turn();
        looks(100);
        assertThat(watchdog.stuck()).isEmpty();
    }

    @Test
    void shouldNotReportAThreadThatIsBusyAtEveryLookWithAnotherTurn() {
        for (int i = 0; i < 100; i++) {
            turn();
            loop.busy(Thread.currentThread());
            watchdog.look();
        }
        assertThat(watchdog.stuck()).isEmpty();
        assertThat(log.with("stuck")).isEmpty();
    }

    @Test
    void shouldCountOnlyItsOwnLooksHoweverLongTheProcessWasStoppedBetweenThem() {
        loop.busy(Thread.currentThread());
        looks(Watchdog.LOOKS); // the process is stopped, and the watchdog with it
        turn();
        looks(Watchdog.LOOKS);
        assertThat(log.with("stuck")).isEmpty();
    }
}
