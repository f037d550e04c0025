package dev.tinysse.cluster.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tinysse.api.Message;
import dev.tinysse.broker.codec.ByteSink;
import dev.tinysse.broker.codec.PublicationCodec;
import dev.tinysse.broker.codec.RequestCache;
import dev.tinysse.broker.log.Append;
import dev.tinysse.broker.log.LogException;
import dev.tinysse.broker.tck.LogRig;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class BatchTest {
    private final Batch batch = new Batch(7, true);
    private final ByteSink sink = new ByteSink();

    @Test
    void shouldSendTheMessagesOfAChannelTogether() {
        add(new Append(List.of(LogRig.item("a", "1"), LogRig.item("b", "2"))));
        add(new Append(List.of(LogRig.item("b", "3"))));
        List<String> arguments = texts(batch.arguments());
        assertThat(arguments.subList(0, 11)).containsExactly("2", "a", "b", "1", "", "", "", "", "1", "3", "2");
        assertThat(arguments.subList(11, 16)).containsExactly("1", "1", "0", "0", "");
        assertThat(arguments.subList(17, 22)).containsExactly("2", "2", "2", "1 2", "");
        assertThat(arguments).hasSize(23);
        assertThat(data("0", batch.arguments().get(16))).containsExactly("1");
        assertThat(data("1 2", batch.arguments().get(22))).containsExactly("2", "3");
        Keys keys = new Keys("c");
        assertThat(texts(batch.streams(keys))).containsExactly("{c}:channel:a", "{c}:channel:b");
    }

    @Test
    void shouldTellIdsOfPublishers() {
        add(new Append(List.of(LogRig.item("a", "first"), LogRig.item("a", Message.of("second").withId("own")))));
        List<byte[]> arguments = batch.arguments();
        assertThat(texts(arguments).subList(10, 15)).containsExactly("1", "2", "1", "", "\n=own");
        assertThat(data("", arguments.get(15))).containsExactly("first", "second");
    }

    @Test
    void shouldSendARequestWithAKeyAlone() {
        add(NodeRig.append("1"));
        batch.add(pending(LogRig.once(LogRig.key("a", "key", "digest"), LogRig.item("a", "2"))), sink);
        add(NodeRig.append("3"));
        add(NodeRig.append("4"));
        List<byte[]> arguments = batch.arguments();
        assertThat(texts(arguments).subList(2, 3)).containsExactly("3");
        assertThat(texts(arguments).subList(16, 18)).containsExactly(LogRig.key("a", "key", "digest").name(),
                "digest");
        assertThat(new ResponseTemplate(texts(arguments).get(18), arguments.get(19))
                .results(NodeRig.position(0), Epochs.UNKNOWN.with(NodeRig.EPOCH + ":0-0"))).hasSize(1);
        assertThat(batch.groups()).extracting(List::size).containsExactly(1, 1, 2);
    }

    @Test
    void shouldSendEntriesOfAFewHundredMessages() {
        String[] many = new String[501];
        Arrays.fill(many, "x");
        add(NodeRig.append(many));
        assertThat(texts(batch.arguments()).get(7)).isEqualTo("2");
        assertThat(batch.entry(0)).hasSize(500);
        assertThat(batch.entry(1)).extracting(Batch.Sent::item).containsExactly(500);
    }

    @Test
    void shouldCountWhatItHas() {
        add(NodeRig.append("x", "y"));
        long before = batch.bytes();
        add(NodeRig.append("x".repeat(1000)));
        assertThat(batch.number()).isEqualTo(7);
        assertThat(batch.publications()).isEqualTo(3);
        assertThat(batch.bytes() - before).isBetween(1000L, 1300L);
    }

    @Test
    void shouldKnowTheOrderInWhichRedisAppends() {
        Pending first = add(NodeRig.append("1", "2"));
        Pending second = add(NodeRig.append("3"));
        Pending third = add(NodeRig.append("4"));
        assertThat(batch.entry(0)).containsExactly(new Batch.Sent(first, 0), new Batch.Sent(first, 1),
                new Batch.Sent(second, 0), new Batch.Sent(third, 0));
    }

    @Test
    void shouldBeDoneWhenAllRequestsAre() throws Exception {
        Pending first = add(NodeRig.append("1"));
        Append second = NodeRig.append("2");
        add(second);
        first.complete(new Append.Outcome.KeyReused());
        assertThat(batch.isDone()).isFalse();
        batch.fail(new LogException(LogException.Kind.FULL, "full"));
        assertThat(batch.isDone()).isTrue();
        assertThat(NodeRig.outcome(first.append())).isEqualTo(new Append.Outcome.KeyReused());
        assertThat(NodeRig.failure(second)).hasMessage("full");
    }

    private Pending add(Append append) {
        Pending pending = pending(append);
        batch.add(pending, sink);
        return pending;
    }

    private static Pending pending(Append append) {
        return new Pending(append, 0, () -> {});
    }

    private static List<String> data(String offsets, byte[] part) {
        return StoredMessage.of(offsets.getBytes(StandardCharsets.UTF_8), 0, part).stream()
                .map(message -> PublicationCodec.get(part, message.from(), message.to(), new RequestCache())
                        .publication().message().data().orElseThrow())
                .toList();
    }

    private static List<String> texts(List<byte[]> words) {
        return words.stream().map(word -> new String(word, StandardCharsets.UTF_8)).toList();
    }
}
