package dev.tinysse.broker.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tinysse.api.Message;
import dev.tinysse.broker.log.ChannelSet;
import dev.tinysse.broker.log.EventId;
import dev.tinysse.broker.log.LogRange;
import dev.tinysse.broker.log.LogRecord;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The log's ids and those of publishers. */
interface IdsContract extends HasLogRig {
    @Test
    default void shouldGiveAnIdToAMessageWithoutOne() throws Exception {
        rig().keep(10);
        long position = rig().publish("a", "1").getFirst();
        String id = EventId.of(rig().log().epoch(), position).toString();

        assertThat(rig().followed().getFirst().publication().message().id()).contains(id);
        assertThat(rig().read(List.of("a"), 0, 10).getFirst().publication().message().id()).contains(id);
    }

    @Test
    default void shouldLeaveAPublishersIdAsItIs() throws Exception {
        rig().keep(10);
        rig().publish("a", Message.builder().id("order-8").data("1").build());
        rig().publish("a", Message.builder().id("").data("2").build());

        assertThat(rig().read(List.of("a"), 0, 10))
                .extracting(record -> record.publication().message().id().orElseThrow()).containsExactly("order-8", "");
    }

    @Test
    default void shouldMakeItsIdsForTheEpochThatAReaderKnowsOf() throws Exception {
        rig().keep(10);
        long position = rig().publish("a", "1").getFirst();
        String known = EventId.newEpoch();
        String its = EventId.of(known, position).toString();
        rig().publish("a", Message.builder().id("order-8").event("e").build());
        LogRange all = new LogRange(ChannelSet.of(List.of("a")), 0, Long.MAX_VALUE, 10, 1 << 20);

        assertThat(rig().log().read(all, known).records())
                .extracting(record -> record.publication().message().id().orElseThrow())
                .containsExactly(its, "order-8");
        assertThat(rig().log().read(all, known).records()).extracting(LogRecord::position).first().isEqualTo(position);
        assertThat(rig().log().confirmEpoch(EventId.of(known, position))).isFalse();
        assertThat(rig().log().confirmEpoch(EventId.of(rig().log().epoch(), position))).isTrue();
    }

    @Test
    default void shouldFindTheEarliestWithAnId() throws Exception {
        rig().keep(10);
        Message message = Message.builder().id("x").data("1").build();
        long b = rig().publish("b", message);
        long a = rig().publish("a", message);
        rig().publish("a", message);

        assertThat(rig().log().find(ChannelSet.of(List.of("a")), "x")).hasValue(a);
        assertThat(rig().log().find(ChannelSet.of(List.of("a", "b")), "x")).hasValue(b);
        assertThat(rig().log().find(ChannelSet.of(List.of("**")), "x")).hasValue(b);
        assertThat(rig().log().find(ChannelSet.of(List.of("*")), "y")).isEmpty();
        assertThat(rig().log().find(ChannelSet.of(List.of("c")), "x")).isEmpty();
    }

    @Test
    default void shouldNotFindWhatIsNotKeptAnyMore() throws Exception {
        rig().keep(1);
        rig().publish("a", Message.builder().id("x").build());
        rig().publish("a", "2");

        assertThat(rig().log().find(ChannelSet.of(List.of("a")), "x")).isEmpty();
    }

    @Test
    default void shouldNotKnowAnEpochOfAnother() throws Exception {
        rig().keep(1);

        assertThat(rig().log().hadEpoch(EventId.newEpoch())).isFalse();
        assertThat(rig().log().hasHistory()).isTrue();
        assertThat(rig().log().failure()).isEmpty();
    }
}
