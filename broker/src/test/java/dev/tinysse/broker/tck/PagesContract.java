package dev.tinysse.broker.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tinysse.api.Message;
import dev.tinysse.api.Publication;
import dev.tinysse.api.Request;
import dev.tinysse.broker.log.Append;
import dev.tinysse.broker.log.ChannelSet;
import dev.tinysse.broker.log.LogPage;
import dev.tinysse.broker.log.LogRange;
import dev.tinysse.broker.log.LogRecord;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reading in pages, from one channel, several, and patterns. */
interface PagesContract extends HasLogRig {
    @Test
    default void shouldReadBehindAPositionAndUpToAnother() throws Exception {
        rig().keep(10);
        List<Long> positions = rig().publish("a", "1", "2", "3", "4");
        LogPage page = rig().log().read(
                new LogRange(ChannelSet.of(List.of("a")), positions.get(0), positions.get(2), 10, 1 << 20));

        assertThat(LogRig.data(page.records())).containsExactly("2", "3");
        assertThat(page.complete()).isTrue();
    }

    @Test
    default void shouldSayWhetherThereIsMore() throws Exception {
        rig().keep(10);
        rig().publish("a", "1", "2", "3");
        ChannelSet channels = ChannelSet.of(List.of("a"));

        assertThat(rig().log().read(new LogRange(channels, 0, Long.MAX_VALUE, 2, 1 << 20)).complete()).isFalse();
        assertThat(rig().log().read(new LogRange(channels, 0, Long.MAX_VALUE, 3, 1 << 20)).complete()).isTrue();
    }

    @Test
    default void shouldEndAPageByItsBytesButReadOneRecordInAnyCase() throws Exception {
        rig().keep(10);
        rig().publish("a", "x".repeat(5000), "y".repeat(5000));
        LogPage page = rig().log().read(new LogRange(ChannelSet.of(List.of("a")), 0, Long.MAX_VALUE, 10, 1000));

        assertThat(page.records()).hasSize(1);
        assertThat(page.complete()).isFalse();
    }

    @Test
    default void shouldReadAllFieldsAsTheyWereWritten() throws Exception {
        rig().keep(10);
        Message message = Message.builder().id("i\u00e9").event("\u4e16").data("a\r\nb\n\ud83d\ude00")
                .comments(List.of("", "c\u00fc")).build();
        Request request = new Request("POST", "/sse/x?y=%20", "/sse/x", "y=%20", "2001:db8::1", 1,
                Map.of("host", "h", "x-name", "J\u00f6rg \u4e16"));
        rig().append(new Append(List.of(new Append.Item(Publication.of(request, message).withChannel("user.42"),
                Optional.of("{\"k\":\"\u4e16\"}")))));

        LogRecord record = rig().read(List.of("user.42"), 0, 10).getFirst();
        assertThat(record.publication().message()).isEqualTo(message);
        assertThat(record.publication().request()).isEqualTo(request);
        assertThat(record.publication().channel()).isEqualTo("user.42");
        assertThat(record.attributes()).contains("{\"k\":\"\u4e16\"}");
        assertThat(record.position()).isEqualTo(rig().followed().getFirst().position());
        assertThat(record.previous()).isEqualTo(0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "a\r\nb\n", "J\u00f6rg", "\u4e16", "\ud83d\ude00", "\ufeff\0"})
    default void shouldReadDataAloneAsItWasWritten(String data) throws Exception {
        rig().keep(10);
        rig().publish("a", Message.of(data));

        LogRecord record = rig().read(List.of("a"), 0, 10).getFirst();
        String id = rig().followed().getFirst().publication().message().id().orElseThrow();
        assertThat(record.publication().message()).isEqualTo(Message.of(data).withId(id));
    }

    @Test
    default void shouldTellAnEmptyTextFromNone() throws Exception {
        rig().keep(10);
        rig().publish("a", Message.builder().data("").build());
        rig().publish("a", Message.builder().comments(List.of("only")).build());

        assertThat(rig().read(List.of("a"), 0, 10)).extracting(record -> record.publication().message().data())
                .containsExactly(Optional.of(""), Optional.empty());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 1000})
    default void shouldMergeChannelsByPosition(int page) throws Exception {
        rig().keep(100);
        for (int i = 0; i < 60; i++) {
            rig().publish("c" + i * 7 % 4, String.valueOf(i));
        }

        assertThat(LogRig.data(rig().read(List.of("c0", "c1", "c2", "c3"), 0, page)))
                .isEqualTo(LogRig.data(rig().followed()));
        assertThat(LogRig.data(rig().read(List.of("c2", "c1"), 0, page))).isEqualTo(LogRig.data(rig().followed()
                .stream().filter(record -> record.publication().channel().matches("c[12]")).toList()));
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 500})
    default void shouldReadWhatPatternsMatch(int perChannel) throws Exception {
        rig().keep(1000);
        for (int i = 0; i < 5 * perChannel; i++) {
            rig().publish(List.of("user.1.in", "user.2.in", "user.1.out", "default", "x").get(i % 5),
                    String.valueOf(i));
        }

        assertThat(rig().read(List.of("**"), 0, 700)).hasSize(5 * perChannel)
                .extracting(LogRecord::position).isSorted();
        assertThat(LogRig.data(rig().read(List.of("user.*.in", "x"), 0, 3))).isEqualTo(LogRig.data(rig().followed()
                .stream().filter(record -> record.publication().channel().matches("user.*in|x")).toList()));
        assertThat(rig().read(List.of("user.**"), rig().followed().getLast().position() - 1, 3)).isEmpty();
    }

    @Test
    default void shouldFindWhereTheNewestBegin() throws Exception {
        rig().keep(10);
        List<Long> a = rig().publish("a", "1", "2", "3");
        List<Long> b = rig().publish("b", "4", "5");

        assertThat(rig().log().startOfLast(ChannelSet.of(List.of("a")), 2)).isEqualTo(a.get(1) - 1);
        assertThat(rig().log().startOfLast(ChannelSet.of(List.of("a", "b")), 3)).isEqualTo(a.get(2) - 1);
        assertThat(rig().log().startOfLast(ChannelSet.of(List.of("**")), 1)).isEqualTo(b.get(1) - 1);
        assertThat(rig().log().startOfLast(ChannelSet.of(List.of("a")), 4)).isEqualTo(0);
        assertThat(rig().log().startOfLast(ChannelSet.of(List.of("none")), 4)).isEqualTo(0);
    }
}
