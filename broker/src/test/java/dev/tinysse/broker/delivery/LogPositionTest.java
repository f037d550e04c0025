package dev.tinysse.broker.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tinysse.api.Message;
import dev.tinysse.api.Publication;
import dev.tinysse.api.Request;
import dev.tinysse.broker.dispatch.Entry;
import dev.tinysse.broker.log.EventId;
import dev.tinysse.broker.log.LogRecord;
import dev.tinysse.broker.replay.ReplayStart;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LogPositionTest {
    private static final Request REQUEST = new Request("POST", "/sse", "/sse", "", "127.0.0.1", 1, Map.of());

    private final LogPosition position = new LogPosition("0000000a");

    private static Entry entry(long at) {
        Publication publication = Publication.of(REQUEST, Message.of("x").withId("id" + at));
        return new Entry(new LogRecord(at, 0, publication, Optional.empty()), publication, new byte[1]);
    }

    @Test
    void shouldFollowTheMessagesThatAreTaken() {
        position.reached(3);
        assertThat(position.lastId()).isEmpty();
        position.taken(entry(5));

        assertThat(position.position()).isEqualTo(5);
        assertThat(position.lastId()).contains("id5");
    }

    @Test
    void shouldBeginWhereTheClientResumes() {
        position.set(new ReplayStart(7, 2, "0000000b", Optional.empty()), Optional.of("last"));

        assertThat(position.position()).isEqualTo(7);
        assertThat(position.known()).isEqualTo(2);
        assertThat(position.epoch("0000000c")).isEqualTo("0000000b");
        assertThat(position.lastId()).contains("last");
    }

    @Test
    void shouldLearnTheEpochOnceTheLogIsReached() {
        LogPosition early = new LogPosition(EventId.NO_EPOCH);

        assertThat(early.epoch(EventId.NO_EPOCH)).isEqualTo(EventId.NO_EPOCH);
        assertThat(early.epoch("0000000b")).isEqualTo("0000000b");
        assertThat(early.epoch("0000000c")).isEqualTo("0000000b");
    }

    @Test
    void shouldKnowWhatAGapHasReported() {
        position.told(4);
        assertThat(position.known()).isEqualTo(4);
        position.told("0000000b", 9, "gap");

        assertThat(position.epoch("0000000c")).isEqualTo("0000000b");
        assertThat(position.known()).isEqualTo(9);
        assertThat(position.lastId()).contains("gap");
    }

    @Test
    void shouldNotMoveForAMessageThatTheClientHasSeenElsewhere() {
        position.reached(9);
        position.skipUpTo(9);
        assertThat(position.hasSeenAhead()).isTrue();
        assertThat(position.wasSeen(entry(9))).isTrue();
        assertThat(position.wasSeen(entry(10))).isFalse();
        position.taken(entry(8));
        assertThat(position.position()).isEqualTo(9);

        position.arrivedBehindSeen();
        assertThat(position.hasSeenAhead()).isFalse();
        assertThat(position.wasSeen(entry(9))).isFalse();
    }

    @Test
    void shouldStayWithoutALog() {
        LogPosition.NONE.reached(5);
        LogPosition.NONE.taken(entry(6));
        LogPosition.NONE.arrivedBehindSeen();

        assertThat(LogPosition.NONE.position()).isZero();
        assertThat(LogPosition.NONE.lastId()).isEmpty();
        assertThat(LogPosition.NONE.hasSeenAhead()).isFalse();
    }
}
