package dev.tinysse.cluster.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tinysse.broker.log.ChannelSet;
import dev.tinysse.broker.log.LogRange;
import dev.tinysse.broker.log.LogRecord;
import dev.tinysse.broker.tck.LogRig;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PageMergeTest {

    @Test
    void shouldTakeNoMoreRecordsThanAreWanted() {
        PageMerge page = page(2, 1 << 20);
        assertThat(page.add(record(1, "a"))).isTrue();
        assertThat(page.add(record(2, "b"))).isTrue();
        assertThat(page.add(record(3, "c"))).isFalse();
        assertThat(LogRig.data(page.incomplete().records())).containsExactly("a", "b");
    }

    @Test
    void shouldTakeTheFirstRecordHoweverLargeItIs() {
        PageMerge page = page(10, 1);
        assertThat(page.add(record(1, "x".repeat(1000)))).isTrue();
        assertThat(page.add(record(2, ""))).isFalse();
        assertThat(page.incomplete().records()).hasSize(1);
    }

    @Test
    void shouldTakeRecordsUpToASizeWithTheirRequests() {
        PageMerge page = page(10, 300);
        assertThat(page.add(record(1, "x".repeat(100)))).isTrue();
        assertThat(page.add(record(2, "x".repeat(104)))).isTrue();
        assertThat(page.add(record(3, ""))).isFalse();
    }

    @Test
    void shouldTellWhetherThereIsMore() {
        assertThat(page(1, 1).complete().complete()).isTrue();
        assertThat(page(1, 1).incomplete().complete()).isFalse();
    }

    private static PageMerge page(int records, int bytes) {
        return new PageMerge(new LogRange(ChannelSet.DEFAULT, 0, Long.MAX_VALUE, records, bytes));
    }

    private static LogRecord record(long position, String data) {
        return new LogRecord(position, 0, LogRig.item("a", data).publication(), Optional.empty());
    }
}
