package dev.tinysse.lua.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LedgerTest {

    private static final long MB = 1 << 20;
    private static final long LIMIT = 64 * MB;

    /** A heap of 240 MB on paper: some of the old generation is live, the rest is garbage. */
    private static final class PaperHeap implements Heap {
        private long live = 20 * MB;
        private long garbage;
        private long young;
        private long allocated;
        private long seen = live;
        private int collections;
        private boolean collects = true;

        @Override
        public long old() {
            return live + garbage;
        }

        @Override
        public long young() {
            return young;
        }

        /** The growth at each call: no thread takes and releases memory in between. */
        @Override
        public long allocated() {
            long now = old() + young;
            allocated += Math.max(0, now - seen);
            seen = now;
            return allocated;
        }

        @Override
        public long room() {
            return 210 * MB;
        }

        @Override
        public long capacity() {
            return 240 * MB;
        }

        @Override
        public boolean collect() {
            collections++;
            if (collects) {
                garbage = 0;
                young = 0;
                seen = live;
            }
            return collects;
        }
    }

    private final PaperHeap heap = new PaperHeap();
    private final Ledger ledger = new Ledger(heap, new WorkClock());

    /** Lets a call take memory in steps, as if it were looked at every few milliseconds; gives how much it got. */
    private long take(CallMemory call, long bytes, boolean held) {
        ledger.admits(call, 0, 0);
        for (long taken = 0; taken < bytes; taken += MB) {
            if (held) {
                heap.live += MB;
            } else {
                heap.garbage += MB;
            }
            if (!ledger.admits(call, 0, 0)) {
                return taken + MB;
            }
        }
        return bytes;
    }

    private void end(CallMemory call, long held) {
        heap.live -= held;
        heap.garbage += held;
        ledger.end(call);
    }

    @Test
    void shouldEndACallThatHoldsMoreThanItsLimit() {
        assertThat(take(CallMemory.of(LIMIT), 200 * MB, true)).isBetween(LIMIT, LIMIT + 2 * MB);
    }

    @Test
    void shouldLetACallTakeMuchMoreThanItsLimitIfItHoldsLittle() {
        assertThat(take(CallMemory.of(LIMIT), 1000 * MB, false)).isEqualTo(1000 * MB);
        assertThat(heap.collections).isLessThanOrEqualTo(1000 / 60);
    }

    @Test
    void shouldNotCollectForACallThatTakesLessThanItsLimit() {
        take(CallMemory.of(LIMIT), 60 * MB, true);
        assertThat(heap.collections).isZero();
    }

    @Test
    void shouldEndOneAfterTheOtherOfManyThatHoldTooMuch() {
        for (int i = 0; i < 20; i++) {
            CallMemory bomb = CallMemory.of(LIMIT);
            long taken = take(bomb, 200 * MB, true);
            assertThat(taken).isLessThan(2 * LIMIT);
            end(bomb, taken);
            assertThat(heap.old()).isLessThan(heap.capacity());
        }
    }

    @Test
    void shouldNotBlameACallForWhatOneBeforeHasLeftBehind() {
        CallMemory bomb = CallMemory.of(LIMIT);
        end(bomb, take(bomb, 200 * MB, true));
        assertThat(take(CallMemory.of(LIMIT), 300 * MB, false)).isEqualTo(300 * MB);
    }

    @Test
    void shouldNotBlameACallForWhatARefusedOneHasPutIntoGlobals() {
        CallMemory bomb = CallMemory.of(LIMIT);
        take(bomb, 200 * MB, true);
        ledger.end(bomb);
        assertThat(take(CallMemory.of(LIMIT), 300 * MB, false)).isEqualTo(300 * MB);
    }

    @Test
    void shouldNotBlameACallForWhatOneBeforeHasPutIntoGlobals() {
        CallMemory startup = CallMemory.of(LIMIT);
        take(startup, 60 * MB, true);
        ledger.end(startup);
        assertThat(take(CallMemory.of(LIMIT), 300 * MB, false)).isEqualTo(300 * MB);
    }

    @Test
    void shouldNotBlameACallForWhatIsTakenWhileItWaits() {
        CallMemory waiting = CallMemory.of(LIMIT);
        take(waiting, 10 * MB, true);
        ledger.pause(waiting, 0);
        heap.live += 100 * MB;
        ledger.resume(waiting);
        assertThat(take(waiting, 40 * MB, true)).isEqualTo(40 * MB);
    }

    @Test
    void shouldEndACallThatTakesALittleBetweenManyWaits() {
        CallMemory bomb = CallMemory.of(LIMIT);
        int waits = 0;
        boolean admitted = true;
        while (admitted && waits < 200) {
            ledger.resume(bomb);
            heap.live += MB;
            admitted = ledger.pause(bomb, 0);
            waits++;
        }
        assertThat(waits).isBetween(64, 66);
    }

    @Test
    void shouldEndWhoAsksForMoreWhenWaitingCallsHoldMostOfTheHeap() {
        for (int i = 0; i < 3; i++) {
            CallMemory waiting = CallMemory.of(LIMIT);
            assertThat(take(waiting, 60 * MB, true)).isEqualTo(60 * MB);
            ledger.pause(waiting, 0);
        }
        for (int i = 0; i < 17; i++) {
            CallMemory another = CallMemory.of(LIMIT);
            long taken = take(another, 60 * MB, true);
            assertThat(heap.old()).isLessThan(heap.capacity());
            end(another, taken);
        }
    }

    @Test
    void shouldLetACallThatHoldsLittleGoOnInAFullHeap() {
        for (int i = 0; i < 3; i++) {
            CallMemory waiting = CallMemory.of(LIMIT);
            take(waiting, 60 * MB, true);
            ledger.pause(waiting, 0);
        }
        heap.live += 12 * MB;
        assertThat(take(CallMemory.of(LIMIT), 100 * MB, false)).isEqualTo(100 * MB);
    }

    @Test
    void shouldLetACallGoOnInAFullHeapThatHoldsMuchAndTakesNoMore() {
        CallMemory steady = CallMemory.of(LIMIT);
        take(steady, 40 * MB, true);
        ledger.pause(steady, 0);
        CallMemory bomb = CallMemory.of(LIMIT);
        heap.live += 150 * MB;
        ledger.resume(bomb);
        ledger.resume(steady);
        assertThat(ledger.admits(steady, 0, 0)).isTrue();
        assertThat(ledger.admits(steady, 0, 8 * MB)).isFalse();
    }

    @Test
    void shouldLetACallGoOnInAHeapThatIsFullOfWhatEndedCallsHeld() {
        CallMemory modest = CallMemory.of(LIMIT);
        take(modest, 2 * MB, true);
        Map<CallMemory, Long> bombs = new HashMap<>();
        while (heap.old() <= heap.room()) {
            CallMemory bomb = CallMemory.of(LIMIT);
            bombs.put(bomb, take(bomb, 60 * MB, true));
            ledger.pause(bomb, 0);
        }
        bombs.forEach(this::end);
        assertThat(heap.old()).isGreaterThan(heap.room());
        assertThat(ledger.admits(modest, 0, 0)).isTrue();
    }

    @Test
    void shouldKnowWhatTheOthersHoldWhenARefusedCallHasEnded() {
        CallMemory first = CallMemory.of(LIMIT);
        take(first, 60 * MB, true);
        ledger.pause(first, 0);
        CallMemory second = CallMemory.of(LIMIT);
        take(second, 60 * MB, true);
        ledger.pause(second, 0);
        CallMemory refused = CallMemory.of(LIMIT);
        end(refused, take(refused, 200 * MB, true));
        heap.garbage += 10 * MB;
        assertThat(ledger.hasRoom(60 * MB)).isTrue();
        assertThat(first.claimed()).isBetween(58 * MB, 62 * MB);
        assertThat(second.claimed()).isBetween(58 * MB, 62 * MB);
    }

    @Test
    void shouldNotTakeForTheOthersWhatARefusedCallHeldMoreThanWasKnown() {
        CallMemory other = CallMemory.of(LIMIT);
        take(other, 60 * MB, true);
        ledger.pause(other, 0);
        CallMemory refused = CallMemory.of(LIMIT);
        ledger.resume(refused);
        heap.live += 100 * MB;
        assertThat(ledger.admits(refused, 0, 0)).isFalse();
        long known = other.claimed();
        end(refused, 100 * MB + 10 * MB);
        heap.garbage += 10 * MB;
        assertThat(ledger.hasRoom(100 * MB)).isTrue();
        assertThat(other.claimed()).isEqualTo(known);
    }

    @Test
    void shouldBlameACallForWhatItHadCountedBeforeItWasFirstSeen() {
        CallMemory call = CallMemory.of(LIMIT);
        heap.young = 10 * MB;
        ledger.pause(call, 8 * MB);
        heap.live += heap.young;
        heap.young = 0;
        ledger.resume(call);
        assertThat(call.claimed()).isEqualTo(8 * MB);
    }

    @ParameterizedTest
    @CsvSource({"20, 1024, 0", "20, 1024, 5", "100, 200, 0", "100, 200, 5"})
    void shouldEndCallsThatTakeByTurnsAndNotOneThatTakesLittle(int bombs, int kilobytes, int held) {
        CallMemory modest = CallMemory.of(LIMIT);
        take(modest, held * MB, true);
        ledger.pause(modest, 0);
        Map<CallMemory, Long> old = new HashMap<>();
        Map<CallMemory, Long> young = new HashMap<>();
        for (int i = 0; i < bombs; i++) {
            old.put(CallMemory.of(LIMIT), 0L);
        }
        while (!old.isEmpty()) {
            for (CallMemory bomb : List.copyOf(old.keySet())) {
                ledger.resume(bomb);
                heap.young += kilobytes * MB / 1024;
                young.merge(bomb, kilobytes * MB / 1024, Long::sum);
                if (!ledger.pause(bomb, 0)) {
                    young.remove(bomb);
                    end(bomb, old.remove(bomb));
                }
            }
            ledger.resume(modest);
            heap.young += MB / 100;
            heap.allocated();
            // what all have taken grows old in the time of the one that takes next to nothing
            young.forEach((bomb, bytes) -> {
                old.merge(bomb, bytes, Long::sum);
                heap.live += bytes;
            });
            young.clear();
            heap.young = 0;
            heap.seen = heap.old();
            assertThat(ledger.pause(modest, 0)).as("%d bombs", old.size()).isTrue();
            assertThat(heap.old()).isLessThan(heap.capacity());
        }
    }

    @Test
    void shouldRefuseWhatDoesNotFitIntoTheHeap() {
        heap.live = 190 * MB;
        CallMemory call = CallMemory.of(LIMIT);
        assertThat(ledger.admits(call, 0, 60 * MB)).isFalse();
        assertThat(ledger.admits(call, 0, 10 * MB)).isTrue();
    }

    @Test
    void shouldMakeRoomForWhatFitsOnceGarbageIsGone() {
        take(CallMemory.of(LIMIT), 3 * MB, true);
        heap.garbage = 180 * MB;
        assertThat(ledger.admits(CallMemory.of(LIMIT), 0, 50 * MB)).isTrue();
        assertThat(heap.collections).isEqualTo(1);
    }

    @Test
    void shouldHaveNoRoomOnlyForWhatDoesNotFitAlsoOnceGarbageIsGone() {
        heap.garbage = 180 * MB;
        assertThat(ledger.hasRoom(50 * MB)).isTrue();
        heap.live = 190 * MB;
        assertThat(ledger.hasRoom(50 * MB)).isFalse();
    }

    @Test
    void shouldBlameACallForWhatItWasHandedAfterAWait() {
        CallMemory call = CallMemory.of(LIMIT);
        int bodies = 0;
        boolean admitted = true;
        while (admitted && bodies < 20) {
            ledger.pause(call, 0);
            heap.live += 10 * MB;
            ledger.resume(call);
            admitted = ledger.receive(call, 10 * MB);
            bodies++;
        }
        assertThat(bodies).isEqualTo(7);
    }

    @Test
    void shouldFindWhatIsHeldByTheYoungGenerationIfTheLimitIsSmall() {
        CallMemory call = CallMemory.of(MB);
        ledger.admits(call, 0, 0);
        heap.young = 8 * MB;
        heap.live += 2 * MB;
        assertThat(ledger.admits(call, 2 * MB, 0)).isFalse();
    }

    @Test
    void shouldBelieveNothingOfAHeapThatIsNotCollected() {
        heap.collects = false;
        assertThat(take(CallMemory.of(LIMIT), 150 * MB, false)).isEqualTo(150 * MB);
    }

    @Test
    void shouldForgetACallThatEndsWhileItIsLookedAt() {
        CallMemory call = CallMemory.of(LIMIT);
        take(call, 10 * MB, true);
        end(call, 10 * MB);
        take(call, 50 * MB, true);
        assertThat(call.claimed()).isLessThan(LIMIT);
    }
}
