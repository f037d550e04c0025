package dev.tinysse.broker.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tinysse.api.Channels.HistoryQuery;
import dev.tinysse.api.Channels.StoredMessage;
import dev.tinysse.broker.log.ChannelSet;
import dev.tinysse.broker.log.LogException;
import dev.tinysse.broker.log.memory.MemoryLog;
import dev.tinysse.broker.stream.StreamStart;
import dev.tinysse.broker.tck.LogRig;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What hooks and streams find in the history, and in none. */
class StoredHistoryTest {
    private static final ChannelSet CHANNELS = ChannelSet.of(List.of("a"));
    private static final StreamStart.FromHistory NOTHING = new StreamStart.FromHistory.Nothing();

    private final LogRig rig = new LogRig(MemoryLog::new);

    @BeforeEach
    void publish() throws LogException {
        rig.keep(1000);
        rig.publish("a", "1", "2", "3");
        rig.publish("b", "other");
    }

    @AfterEach
    void close() {
        rig.close();
    }

    private List<String> find(Optional<String> after, Optional<Long> sinceMillis, int last) throws LogException {
        return new ReplayStarts(rig.log())
                .find(CHANNELS, new HistoryQuery(after, sinceMillis, last), rig.followed().getLast().position())
                .stream().map(StoredMessage::message).map(message -> message.data().orElseThrow()).toList();
    }

    private Optional<String> id(int index) {
        return rig.followed().get(index).id();
    }

    @Test
    void shouldFindTheNewestMessagesOfTheChannels() throws LogException {
        assertThat(find(Optional.empty(), Optional.empty(), 2)).containsExactly("2", "3");
        assertThat(find(Optional.empty(), Optional.empty(), 10)).containsExactly("1", "2", "3");
    }

    @Test
    void shouldFindMessagesBehindAnId() throws LogException {
        assertThat(find(id(0), Optional.empty(), 10)).containsExactly("2", "3");
        assertThat(find(id(0), Optional.empty(), 1)).containsExactly("3");
        assertThat(find(id(2), Optional.empty(), 10)).isEmpty();
        assertThat(find(Optional.of("unknown"), Optional.empty(), 10)).hasSize(3);
        assertThat(find(Optional.of(""), Optional.empty(), 10)).hasSize(3);
    }

    @Test
    void shouldFindMessagesOfTheLastMilliseconds() throws LogException {
        rig.clock().move(Duration.ofSeconds(5));
        rig.publish("a", "4");

        assertThat(find(Optional.empty(), Optional.of(1000L), 10)).containsExactly("4");
        assertThat(find(Optional.empty(), Optional.of(60_000L), 10)).hasSize(4);
    }

    @Test
    void shouldFindNothingThatHasNotBeenHandedOn() throws LogException {
        HistoryQuery all = new HistoryQuery(Optional.empty(), Optional.empty(), 10);
        long second = rig.followed().get(1).position();

        assertThat(new ReplayStarts(rig.log()).find(CHANNELS, all, second)).hasSize(2);
        assertThat(new ReplayStarts(rig.log()).find(CHANNELS, all, 0)).isEmpty();
    }

    @Test
    void shouldTellTheEpochThatStreamsKnow() {
        assertThat(new ReplayStarts(rig.log()).epoch()).contains(rig.log().epoch());
    }

    @Test
    void shouldBeginNowhereForAClientThatAsksForNothing() throws LogException {
        ReplayStarts starts = new ReplayStarts(rig.log());

        assertThat(starts.start(CHANNELS, Optional.empty(), NOTHING)).isEmpty();
        assertThat(starts.start(CHANNELS, Optional.of(""), NOTHING)).isEmpty();
        assertThat(starts.start(CHANNELS, id(1), NOTHING).orElseThrow().after())
                .isEqualTo(rig.followed().get(1).position());
    }

    @Test
    void shouldHaveNothingWithoutHistory() throws LogException {
        HistoryQuery all = new HistoryQuery(Optional.empty(), Optional.empty(), 10);

        assertThat(History.NONE.epoch()).isEmpty();
        assertThat(History.NONE.start(CHANNELS, Optional.of("id"), NOTHING)).isEmpty();
        assertThat(History.NONE.find(CHANNELS, all, 5)).isEmpty();
    }
}
