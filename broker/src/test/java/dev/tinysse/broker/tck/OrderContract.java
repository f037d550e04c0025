package dev.tinysse.broker.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tinysse.api.Message;
import dev.tinysse.broker.log.Append;
import dev.tinysse.broker.log.LogException;
import dev.tinysse.broker.log.LogRecord;
import dev.tinysse.broker.log.Positions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Positions, and what the follower and the publisher see of an append. */
interface OrderContract extends HasLogRig {
    @Test
    default void shouldHandOnRecordsInTheOrderOfTheAppends() throws Exception {
        rig().keep(10);
        rig().publish("a", "1", "2");
        rig().publish("b", "3");

        assertThat(LogRig.data(rig().followed())).containsExactly("1", "2", "3");
        assertThat(rig().followed()).extracting(LogRecord::position).isSorted().doesNotHaveDuplicates();
    }

    @Test
    default void shouldTellThePositionBeforeInTheChannel() throws Exception {
        rig().keep(10);
        long first = rig().publish("a", "1").getFirst();
        rig().publish("b", "2");
        long third = rig().publish("a", "3").getFirst();
        rig().publish("a", "4");

        assertThat(rig().followed()).extracting(LogRecord::previous).containsExactly(0L, 0L, first, third);
    }

    @Test
    default void shouldTellThePositionBeforeThoughItIsNotKeptAnyMore() throws Exception {
        rig().keep(1);
        long first = rig().publish("a", "1").getFirst();
        rig().publish("a", "2");

        assertThat(rig().read(List.of("a"), 0, 10)).extracting(LogRecord::previous).containsExactly(first);
    }

    @Test
    default void shouldReportTheReceiptsOfTheFollower() throws Exception {
        rig().keep(10);
        Append append = new Append(List.of(LogRig.item("a", "1"), LogRig.item("b", Message.builder().id("x").build())));

        Append.Outcome outcome = rig().append(append);

        assertThat(outcome).isInstanceOfSatisfying(Append.Outcome.Committed.class, committed -> {
            assertThat(committed.accepted()).hasSize(2).allSatisfy(receipt -> {
                assertThat(receipt.queued()).isEqualTo(1);
                assertThat(receipt.subscribers()).isEqualTo(2);
            });
            assertThat(committed.accepted().get(1).id()).contains("x");
        });
    }

    @Test
    default void shouldKeepThePublicationsOfOneRequestTogether() throws Exception {
        rig().keep(10);
        rig().append(new Append(List.of(LogRig.item("a", "1"), LogRig.item("a", "2"), LogRig.item("a", "3"))));

        List<LogRecord> records = rig().followed();
        assertThat(LogRig.data(records)).containsExactly("1", "2", "3");
        assertThat(records.get(1).previous()).isEqualTo(records.get(0).position());
        assertThat(records.get(2).previous()).isEqualTo(records.get(1).position());
    }

    @Test
    default void shouldTellTheTimeOfARecord() throws Exception {
        rig().keep(10);
        rig().publish("a", "1");

        assertThat(rig().followed().getFirst().time()).isEqualTo(rig().clock().millis());
    }

    @Test
    default void shouldGiveRisingPositionsWhenTheClockIsSetBack() throws Exception {
        rig().keep(10);
        long before = rig().publish("a", "1").getFirst();
        rig().clock().move(Duration.ofHours(-1));

        assertThat(rig().publish("a", "2").getFirst()).isGreaterThan(before)
                .isLessThan(Positions.ofMillis(rig().clock().millis() + Duration.ofHours(2).toMillis()));
    }

    @Test
    default void shouldTakeNothingAfterItHasBeenClosed() throws Exception {
        rig().keep(10);
        rig().publish("a", "1");
        rig().log().close();

        assertThatExceptionOfType(LogException.class).isThrownBy(() -> rig().publish("a", "2"))
                .extracting(LogException::kind).isEqualTo(LogException.Kind.FAILED);
        assertThat(LogRig.data(rig().followed())).containsExactly("1");
    }
}
