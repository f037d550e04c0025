package dev.tinysse.broker.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tinysse.api.Message;
import dev.tinysse.broker.log.Append;
import dev.tinysse.broker.log.ChannelHistory;
import dev.tinysse.broker.log.ChannelSet;
import dev.tinysse.broker.log.LogException;
import dev.tinysse.broker.log.LogPage;
import dev.tinysse.broker.log.LogRange;
import dev.tinysse.broker.log.LogRecord;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** Messages of one request, which a log may store together: each is one of its own for readers and limits. */
interface TogetherContract extends HasLogRig {
    ChannelSet A = ChannelSet.of(List.of("a"));

    @Test
    default void shouldReadMessagesOfOneRequestInTheirOrder() throws Exception {
        rig().keep(10);
        rig().publish("a", "0");
        append(item("a", "1"), item("b", "2"), item("a", "3"), item("a", "4"));

        List<LogRecord> read = rig().read(List.of("a", "b"), 0, 2);
        assertThat(LogRig.data(read)).containsExactly("0", "1", "2", "3", "4");
        assertThat(read).extracting(LogRecord::position)
                .isEqualTo(rig().followed().stream().map(LogRecord::position).toList());
        assertThat(read).extracting(LogRecord::previous).containsExactly(0L, at(0), 0L, at(1), at(3))
                .isEqualTo(rig().followed().stream().map(LogRecord::previous).toList());
        assertThat(rig().data("b")).containsExactly("2");
    }

    @Test
    default void shouldReadAPartOfTheMessagesOfOneRequest() throws Exception {
        rig().keep(10);
        append(item("a", "1"), item("a", "2"), item("a", "3"), item("a", "4"));

        assertThat(LogRig.data(rig().read(List.of("a"), at(0), 1))).containsExactly("2", "3", "4");
        LogPage page = rig().log().read(new LogRange(A, at(0), at(2), 10, 1 << 20));
        assertThat(LogRig.data(page.records())).containsExactly("2", "3");
        assertThat(page.complete()).isTrue();
    }

    @Test
    default void shouldDropAPartOfTheMessagesOfOneRequest() throws Exception {
        rig().keep(2);
        append(item("a", "1"), item("b", "x"), item("a", "2"), item("a", "3"));

        assertThat(rig().data("a")).containsExactly("2", "3");
        assertThat(rig().data("*")).containsExactly("x", "2", "3");
        assertThat(rig().dropped("a", 0, 0).channels()).containsExactly("a");
        assertThat(rig().isWhole("a", at(0))).isTrue();
        rig().publish("a", "4");
        assertThat(rig().data("a")).containsExactly("3", "4");
        assertThat(rig().isWhole("a", at(0))).isFalse();
        assertThat(rig().isWhole("a", at(2))).isTrue();
        append(item("a", "5"), item("a", "6"), item("a", "7"));
        assertThat(rig().data("a")).containsExactly("6", "7");
        assertThat(rig().log().retention().total().messages()).isEqualTo(3);
    }

    @Test
    default void shouldDropMessagesOfOneRequestOneByOne() throws Exception {
        rig().keep(3);
        append(item("a", "0"), item("a", "1"), item("a", "2"), item("a", "3"));
        for (int i = 4; i < 12; i++) {
            rig().publish("a", String.valueOf(i));
            assertThat(rig().data("a")).containsExactly(String.valueOf(i - 2), String.valueOf(i - 1),
                    String.valueOf(i));
            assertThat(rig().isWhole("a", at(i - 4))).isFalse();
            assertThat(rig().isWhole("a", at(i - 3))).isTrue();
        }
    }

    @Test
    default void shouldFindTheLastMessagesOfOneRequest() throws Exception {
        rig().keep(3);
        append(item("a", "1"), item("b", "x"), item("a", "2"), item("a", "3"), item("a", "4"));

        assertThat(LogRig.data(rig().read(List.of("a"), rig().log().startOfLast(A, 2), 9))).containsExactly("3", "4");
        assertThat(LogRig.data(rig().read(List.of("a"), rig().log().startOfLast(A, 3), 9))).containsExactly("2", "3",
                "4");
        assertThat(rig().log().startOfLast(A, 4)).isZero();
    }

    @Test
    default void shouldFindAnIdAmongTheMessagesOfOneRequest() throws Exception {
        rig().keep(3);
        append(own("a", "1", "first"), item("a", "2"), own("a", "3", "third"), own("a", "4", "fourth"));

        assertThat(rig().log().find(A, "third")).isEqualTo(OptionalLong.of(at(2)));
        assertThat(rig().log().find(A, "fourth")).isEqualTo(OptionalLong.of(at(3)));
        assertThat(rig().log().find(A, "first")).isEmpty();
        assertThat(rig().log().find(A, "")).isEmpty();
    }

    @Test
    default void shouldTellTheHistoryOfMessagesOfOneRequest() throws Exception {
        rig().keep(2);
        append(item("a", "1"), item("b", "x"), own("a", "2", "second"), item("a", "3"));

        ChannelHistory history = rig().log().retention().histories(A).get("a");
        assertThat(history.messages()).isEqualTo(2);
        assertThat(history.published()).isEqualTo(3);
        assertThat(history.oldest()).isEqualTo("second");
        assertThat(history.newest()).isEqualTo(rig().followed().getLast().publication().message().id().orElseThrow());
    }

    @Test
    default void shouldAppendVeryManyMessagesOfOneRequest() throws Exception {
        rig().keep(1000);
        Append.Item[] items = new Append.Item[1100];
        for (int i = 0; i < items.length; i++) {
            items[i] = item(i % 2 == 0 ? "a" : "b" + i, String.valueOf(i));
        }
        append(items);

        assertThat(rig().followed()).hasSize(1100);
        assertThat(LogRig.data(rig().read(List.of("*"), 0, 100)))
                .isEqualTo(
                        Arrays.stream(items).map(item -> item.publication().message().data().orElseThrow()).toList());
    }

    private void append(Append.Item... items) throws LogException {
        rig().append(new Append(List.of(items)));
    }

    private long at(int followed) {
        return rig().followed().get(followed).position();
    }

    private static Append.Item item(String channel, String data) {
        return LogRig.item(channel, data);
    }

    private static Append.Item own(String channel, String data, String id) {
        return LogRig.item(channel, Message.of(data).withId(id));
    }
}
