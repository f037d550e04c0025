package dev.tinysse.broker.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tinysse.api.GapReason;
import dev.tinysse.api.Message;
import dev.tinysse.broker.log.ChannelSet;
import dev.tinysse.broker.log.EventId;
import dev.tinysse.broker.log.EventLog;
import dev.tinysse.broker.log.LogException;
import dev.tinysse.broker.log.memory.MemoryLog;
import dev.tinysse.broker.stream.Gap;
import dev.tinysse.broker.stream.StreamStart;
import dev.tinysse.broker.tck.LogRig;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Streams that resume with the id of a gap. */
class ReplayStartsTest {
    private final LogRig rig = new LogRig(MemoryLog::new);
    private String gap;

    /** Two channels that have lost what is behind a message; a stream of the first has received the gap. */
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
                .start(ChannelSet.of(List.of(channels)), Optional.of(id), new StreamStart.FromHistory.Nothing())
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

    /** {@return where a client with an id begins in a log that has had an epoch before} */
    private ReplayStart findAfter(String former, String id, String... channels) throws LogException {
        EventLog log = (EventLog) Proxy.newProxyInstance(EventLog.class.getClassLoader(),
                new Class<?>[]{EventLog.class},
                (_, method, arguments) -> method.getName().equals("hadEpoch")
                        ? arguments[0].equals(former)
                        : method.invoke(rig.log(), arguments));
        return new ReplayStarts(log).start(ChannelSet.of(List.of(channels)), Optional.of(id),
                new StreamStart.FromHistory.Nothing()).orElseThrow();
    }

    @Test
    void shouldTellOfTheEpochOnceWhateverTheFormerIdWas() throws LogException {
        String former = EventId.newEpoch();
        long kept = rig.publish("c", "6").getFirst();
        for (long position : new long[]{kept, kept + 1000, 1, 0}) {
            ReplayStart start = findAfter(former, EventId.of(former, position).toString(), "c");
            assertThat(start.gap().orElseThrow().reason()).isEqualTo(GapReason.EPOCH);
            assertThat(start.after()).isZero();
            assertThat(start.epoch()).isEqualTo(rig.log().epoch());
            ReplayStart again = findAfter(former, start.gap().orElseThrow().id().orElseThrow(), "c");
            assertThat(again.gap()).isEmpty();
            assertThat(again.after()).isZero();
        }
        ReplayStart behind = findAfter(former, EventId.of(rig.log().epoch(), kept).toString(), "c");
        assertThat(behind.gap()).isEmpty();
        assertThat(behind.after()).isEqualTo(kept);
    }

    @Test
    void shouldGoOnBehindAPublishersIdThatHasTheFormOfAFormerEpoch() throws LogException {
        String former = EventId.newEpoch();
        String sentOn = EventId.of(former, 1).toString();
        long position = rig.publish("c", Message.builder().id(sentOn).data("6").build());
        ReplayStart start = findAfter(former, sentOn, "c");

        assertThat(start.gap()).isEmpty();
        assertThat(start.after()).isEqualTo(position);
    }
}
