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
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BatchTest {
    private final Batch batch = new Batch(7, true);
    private final ByteSink sink = new ByteSink();

    @Test
    void shouldNameEachChannelOnce() {
        add(new Append(List.of(LogRig.item("a", "1"), LogRig.item("b", "2"))));
        add(new Append(List.of(LogRig.item("b", "3"))));
        List<String> arguments = texts(batch.arguments());
        assertThat(arguments.subList(0, 4)).containsExactly("2", "a", "b", "2");
        assertThat(arguments).hasSize(4 + 2 * 5 + 3 * 3);
        assertThat(arguments.get(9)).isEqualTo("1");
        assertThat(arguments.get(12)).isEqualTo("2");
        assertThat(arguments.get(20)).isEqualTo("2");
        Keys keys = new Keys("c");
        assertThat(texts(batch.streams(keys))).containsExactly("{c}:channel:a", "{c}:channel:b");
    }

    @Test
    void shouldEncodePublicationsSoThatAnyNodeCanReadThem() {
        add(new Append(List.of(LogRig.item("a", "first"), LogRig.item("a", Message.of("second").withId("own")))));
        List<byte[]> arguments = batch.arguments();
        assertThat(data(arguments.get(10))).isEqualTo("first");
        assertThat(data(arguments.get(13))).isEqualTo("second");
        assertThat(arguments.get(9)).isEmpty();
        assertThat(arguments.get(12)).asString(StandardCharsets.UTF_8).isEqualTo("=own");
    }

    @Test
    void shouldSendTheResponseOfARequestWithAKey() {
        batch.add(pending(LogRig.once(LogRig.key("a", "key", "digest"), LogRig.item("a", "1"))), sink);
        List<byte[]> arguments = batch.arguments();
        assertThat(texts(arguments).subList(3, 6)).containsExactly("1", LogRig.key("a", "key", "digest").name(),
                "digest");
        assertThat(new ResponseTemplate(texts(arguments).get(6), arguments.get(7))
                .results(NodeRig.position(0), Epochs.UNKNOWN.with(NodeRig.EPOCH + ":0-0"))).hasSize(1);
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
        assertThat(batch.appended(Set.of())).containsExactly(new Batch.Sent(first, 1, 0), new Batch.Sent(first, 1, 1),
                new Batch.Sent(second, 2, 0), new Batch.Sent(third, 3, 0));
        assertThat(batch.appended(Set.of(1, 3))).containsExactly(new Batch.Sent(second, 2, 0));
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

    private static String data(byte[] content) {
        return PublicationCodec.get(content, 0, content.length, new RequestCache()).publication().message().data()
                .orElseThrow();
    }

    private static List<String> texts(List<byte[]> words) {
        return words.stream().map(word -> new String(word, StandardCharsets.UTF_8)).toList();
    }
}
