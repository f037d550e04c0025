package dev.tinysse.server.process;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HeapTrimTest {
    private static final long MIB = 1 << 20;

    private long live;
    private long garbage;
    private int collections;
    private final HeapTrim trim = new HeapTrim(() -> live + garbage, () -> {
        garbage = 0;
        collections++;
    });

    private int collectionsAfterAllocating(long mebibytes) {
        collections = 0;
        for (int i = 0; i < mebibytes; i++) {
            garbage += MIB;
            trim.look();
        }
        return collections;
    }

    @Test
    void shouldLeaveASmallHeapAlone() {
        assertThat(collectionsAfterAllocating(128)).isZero();
    }

    @Test
    void shouldKeepAHeapSmallThatHasLittleInUse() {
        live = 20 * MIB;
        assertThat(collectionsAfterAllocating(1100)).isEqualTo(10);
    }

    @Test
    void shouldCollectALargeHeapOnlyWhenItHasDoubled() {
        live = 500 * MIB;
        trim.look();
        assertThat(collectionsAfterAllocating(500)).isZero();
        assertThat(collectionsAfterAllocating(1)).isEqualTo(1);
    }

    @Test
    void shouldTurnBackWithAHeapThatHasShrunk() {
        live = 500 * MIB;
        trim.look();
        live = 20 * MIB;
        assertThat(collectionsAfterAllocating(982)).isEqualTo(1);
        assertThat(collectionsAfterAllocating(107)).isZero();
        assertThat(collectionsAfterAllocating(1)).isEqualTo(1);
    }

    @Test
    void shouldGiveBackInAQuietTimeWhatABusyOneHasLeft() {
        collectionsAfterAllocating(100);
        assertThat(collectionsInQuietSeconds(60)).isEqualTo(1);
    }

    @Test
    void shouldLeaveLittleGarbageInALargeHeapAlone() {
        live = 500 * MIB;
        trim.look();
        collectionsAfterAllocating(100);
        assertThat(collectionsInQuietSeconds(60)).isZero();
    }

    @Test
    void shouldLeaveAQuietHeapAlone() {
        live = 20 * MIB;
        collectionsAfterAllocating(9);
        assertThat(collectionsInQuietSeconds(60)).isZero();
    }

    @Test
    void shouldNotPauseStreamsThatHaveMessagesNowAndThen() {
        collectionsAfterAllocating(60);
        assertThat(collectionsIn(60, 400_000)).isZero();
    }

    private int collectionsInQuietSeconds(int seconds) {
        return collectionsIn(seconds, 1000);
    }

    private int collectionsIn(int seconds, int bytesEach) {
        collections = 0;
        for (int i = 0; i < seconds; i++) {
            garbage += bytesEach;
            trim.look();
        }
        return collections;
    }
}
