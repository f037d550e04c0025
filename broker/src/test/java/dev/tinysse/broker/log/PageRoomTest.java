package dev.tinysse.broker.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tinysse.api.Message;
import dev.tinysse.broker.tck.LogRig;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PageRoomTest {
    private static final ChannelSet A = ChannelSet.of(List.of("a"));

    private static LogRange range(int records, int bytes) {
        return new LogRange(A, 0, Long.MAX_VALUE, records, bytes);
    }

    private static LogRecord record(long position, String data) {
        return new LogRecord(position, 0, LogRig.item("a", data).publication(), Optional.empty());
    }

    @Test
    void shouldTakeTheFirstRecordHoweverLargeItIs() {
        PageRoom room = new PageRoom(range(10, 1));

        assertThat(room.take(1_000_000)).isTrue();
        assertThat(room.isFull()).isFalse();
        assertThat(room.take(0)).isFalse();
        assertThat(room.isFull()).isTrue();
    }

    @Test
    void shouldTakeAsManyRecordsAsAreWanted() {
        PageRoom room = new PageRoom(range(2, 1_000_000));

        assertThat(room.take(1)).isTrue();
        assertThat(room.take(1)).isTrue();
        assertThat(room.take(1)).isFalse();
    }

    @Test
    void shouldCountTheRecordBesideItsText() {
        PageRoom room = new PageRoom(range(10, 100));

        assertThat(room.take(1)).isTrue();
        assertThat(room.take(1)).isTrue();
        assertThat(room.take(1)).isFalse();
    }

    @Test
    void shouldCountAllTextOfAMessage() {
        assertThat(
                PageRoom.text(Message.builder().id("not counted").event("ab").data("cde").comments(List.of("f", "gh"))
                        .build()))
                .isEqualTo(8);
    }

    @Test
    void shouldBeCompleteIfNothingWasLeftOut() {
        PageBuilder page = new PageBuilder(range(2, 1000));
        assertThat(page.isEmpty()).isTrue();
        page.add(record(1, "x"));
        page.add(record(2, "y"));

        assertThat(page.build(false).complete()).isTrue();
        assertThat(page.build(true).complete()).isFalse();
        assertThat(page.build(false).records()).hasSize(2);
    }

    @Test
    void shouldNotBeCompleteIfARecordFoundNoRoom() {
        PageBuilder page = new PageBuilder(range(1, 1000));

        assertThat(page.add(record(1, "x"))).isTrue();
        assertThat(page.add(record(2, "y"))).isFalse();
        assertThat(page.build(false).complete()).isFalse();
        assertThat(page.build(false).records()).hasSize(1);
    }

    @Test
    void shouldReadAtLeastOneRecord() {
        assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> range(0, 1))
                .withMessageContaining("maxRecords=0");
    }

    @Test
    void shouldNotTakeARecordBeforeItsPredecessor() {
        assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(
                () -> new LogRecord(5, 5, LogRig.item("a", "x").publication(), Optional.empty()))
                .withMessageContaining("position=5 previous=5");
    }

    @Test
    void shouldGiveARecordTheIdOfAnEpochUnlessItHasOne() {
        String id = EventId.of("abcdefgh", 7).toString();
        LogRecord record = record(7, "x").withIdOf("abcdefgh");

        assertThat(record.publication().message().id()).contains(id);
        assertThat(record.withIdOf("abcdefgh")).isSameAs(record);
        assertThat(record.withIdOf("00000000").publication().message().id())
                .contains(EventId.of("00000000", 7).toString());
    }
}
