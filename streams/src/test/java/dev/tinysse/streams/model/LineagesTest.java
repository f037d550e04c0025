package dev.tinysse.streams.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LineagesTest {
    private static final LineageEpoch EPOCH = new LineageEpoch(200, 300);
    /** Of an earlier run up to 10, of this one behind. */
    private static final Lineages TWO = Lineages.NONE.with(100, 0).with(200, 10);

    @Test
    void shouldGiveTheBoundaryToTheOlderLineage() {
        assertThat(TWO.at(0)).isEqualTo(Offset.BEGINNING);
        assertThat(TWO.at(10)).isEqualTo(new Offset(100, 10));
        assertThat(TWO.at(11)).isEqualTo(new Offset(200, 11));
    }

    @Test
    void shouldResolveWhatItHasIssued() {
        for (long position = 1; position <= 20; position++) {
            assertThat(TWO.resolve(TWO.at(position), 20, EPOCH)).isEqualTo(new Resolved.Position(position));
        }
    }

    @Test
    void shouldNotKnowAPositionBeyondTheTail() {
        assertThat(TWO.resolve(new Offset(200, 21), 20, EPOCH)).isEqualTo(new Resolved.NeverIssued());
        assertThat(TWO.resolve(new Offset(200, 10), 20, EPOCH)).isEqualTo(new Resolved.NeverIssued());
    }

    @Test
    void shouldNotKnowALineageThatHasNotBegun() {
        assertThat(TWO.resolve(new Offset(301, 5), 20, EPOCH)).isEqualTo(new Resolved.NeverIssued());
        assertThat(Lineages.NONE.resolve(new Offset(9_999_999_999_999_999L, 5), 0, EPOCH))
                .isEqualTo(new Resolved.NeverIssued());
        assertThat(TWO.resolve(new Offset(0, 5), 20, EPOCH)).isEqualTo(new Resolved.NeverIssued());
    }

    @Test
    void shouldTellTheLineageOfAnotherStream() {
        assertThat(TWO.resolve(new Offset(150, 5), 20, EPOCH)).isEqualTo(new Resolved.Lost());
        assertThat(Lineages.NONE.resolve(new Offset(150, 5), 0, EPOCH)).isEqualTo(new Resolved.Lost());
    }

    @Test
    void shouldTellBytesThatAnEarlierRunHasLost() {
        Lineages restored = Lineages.NONE.with(100, 0);

        assertThat(restored.resolve(new Offset(100, 15), 10, EPOCH)).isEqualTo(new Resolved.Lost());
        assertThat(TWO.resolve(new Offset(100, 15), 20, EPOCH)).isEqualTo(new Resolved.Lost());
    }

    @Test
    void shouldHaveOnlyLineagesWithBytesBeforeAFork() {
        assertThat(TWO.before(10).at(10)).isEqualTo(new Offset(100, 10));
        assertThat(TWO.before(10).resolve(new Offset(200, 11), 10, EPOCH)).isEqualTo(new Resolved.Lost());
        assertThat(TWO.before(0)).isSameAs(Lineages.NONE);
    }
}
