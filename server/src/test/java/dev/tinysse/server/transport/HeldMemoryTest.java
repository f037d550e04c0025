package dev.tinysse.server.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class HeldMemoryTest {
    private static final int KIB = 1024;

    private final RequestMemory memory = new RequestMemory(800 * KIB); // 100 KiB of it for requests
    private final HeldMemory held = new HeldMemory(memory);

    private boolean nothingIsTaken() {
        boolean all = memory.tryReserve(100 * KIB);
        if (all) {
            memory.release(100 * KIB);
        }
        return all;
    }

    @Test
    void shouldTakeNothingForASmallRequest() {
        assertThat(held.tryAddHead(500)).isTrue();
        held.addBody(4 * KIB);
        assertThat(nothingIsTaken()).isTrue();
    }

    @Test
    void shouldTakeWhatALargeBodyNeedsAndGiveItBack() {
        held.addBody(90 * KIB);
        assertThat(memory.tryReserve(20 * KIB)).isFalse();
        held.release();
        assertThat(nothingIsTaken()).isTrue();
    }

    @Test
    void shouldRefuseABodyForWhichThereIsNoMemoryAtTheMoment() {
        held.addBody(60 * KIB);
        HeldMemory other = new HeldMemory(memory);
        assertThatThrownBy(() -> other.addBody(60 * KIB)).isInstanceOf(OverloadedException.class);
        held.release();
        other.addBody(60 * KIB);
    }

    @Test
    void shouldStillTakeASmallBodyWhenThereIsNoMemoryForLargeOnes() {
        memory.tryReserve(100 * KIB);
        held.addBody(KIB);
        assertThat(held.tryAddHead(KIB)).isTrue();
    }

    @Test
    void shouldTellABodyThatNeverFitsFromOneThatMayComeAgain() {
        assertThatThrownBy(() -> held.addBody(101 * KIB)).isInstanceOf(BodyTooLongException.class);
        assertThat(nothingIsTaken()).isTrue();
    }

    @Test
    void shouldTellABodyInPartsThatItNeverFits() {
        held.addBody(60 * KIB);
        assertThatThrownBy(() -> held.addBody(60 * KIB)).isInstanceOf(BodyTooLongException.class);
    }

    @Test
    void shouldRefuseALargeHeadWhenThereIsNoMemory() {
        memory.tryReserve(100 * KIB);
        assertThat(held.tryAddHead(10 * KIB)).isFalse();
    }

    @Test
    void shouldCountManySmallReads() {
        int reads = 0;
        while (held.tryAddHead(1)) {
            reads++;
        }
        assertThat(reads).isLessThan(2 * KIB);
    }
}
