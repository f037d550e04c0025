package dev.tinysse.broker.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tinysse.broker.log.ChannelSet;
import dev.tinysse.broker.log.LogException;
import dev.tinysse.broker.log.memory.MemoryLog;
import dev.tinysse.broker.stream.Gap;
import dev.tinysse.broker.stream.StreamStart;
import dev.tinysse.broker.tck.LogRig;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who comes back with the id of a gap. */
class ReplayStartsTest {
    private final LogRig rig = new LogRig(MemoryLog::new);
    private String gap;

    /** Two channels that have lost what is behind a message; a stream of the first has been told. */
    @BeforeEach
    void tell() throws LogException {
        rig.keep(1);
        rig.publish("a", "1");
        String first = rig.followed().getFirst().publication().message().id().orElseThrow();
        rig.publish("a", "2", "3");
        rig.publish("b", "4", "5");
        gap = find(first, "a").orElseThrow().id().orElseThrow();
    }

    @AfterEach
    void close() {
        rig.close();
    }

    private Optional<Gap> find(String id, String... channels) throws LogException {
        return new ReplayStarts(rig.log())
                .find(ChannelSet.of(List.of(channels)), Optional.of(id), new StreamStart.FromHistory.Nothing())
                .orElseThrow().gap();
    }

    @Test
    void shouldNotTellTheSameChannelsAgain() throws LogException {
        assertThat(find(gap, "a")).isEmpty();
    }

    @Test
    void shouldTellOtherChannelsOfWhatTheyHaveLost() throws LogException {
        assertThat(find(gap, "b")).hasValueSatisfying(told -> assertThat(told.channels()).containsExactly("b"));
        assertThat(find(gap, "a", "b")).hasValueSatisfying(told -> assertThat(told.channels()).contains("b"));
        assertThat(find(gap, "**")).hasValueSatisfying(told -> assertThat(told.channels()).contains("b"));
    }

    @Test
    void shouldNotTellOtherChannelsThatHaveLostNothing() throws LogException {
        rig.publish("c", "6");
        assertThat(find(gap, "c")).isEmpty();
    }

    @Test
    void shouldTellTheChannelsOfAGapInAnyOrderOnlyOnce() throws LogException {
        String both = find(gap, "a", "b").orElseThrow().id().orElseThrow();

        assertThat(both).hasSizeLessThanOrEqualTo(40).matches("[A-Za-z0-9-]+");
        assertThat(find(both, "b", "a")).isEmpty();
    }
}
