package dev.tinysse.cluster.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tinysse.broker.log.Positions;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What Redis stores beside messages: {@link StreamIds}, {@link Origin}, {@link Keys} and the names of {@link Script}s. */
class PositionsInRedisTest {

    @ParameterizedTest
    @CsvSource({"0, 0-0", "1, 0-1", "1048575, 0-1048575", "1048576, 1-0", "9223372036854775807, 8796093022207-1048575"})
    void shouldWriteAPositionAsAnIdAndReadItBack(long position, String id) {
        assertThat(StreamIds.text(position)).isEqualTo(id);
        assertThat(StreamIds.bytes(position)).asString(StandardCharsets.UTF_8).isEqualTo(id);
        assertThat(StreamIds.position(StreamIds.bytes(position))).isEqualTo(position);
    }

    @Test
    void shouldHaveTheOrderOfTheIds() {
        assertThat(StreamIds.position(bytes("2-0"))).isGreaterThan(StreamIds.position(bytes("1-1048575")))
                .isEqualTo(Positions.ofMillis(2));
    }

    @Test
    void shouldReadTheOriginOfAnEntryOfThisNode() {
        assertThat(Origin.of(bytes("abc:12:0"), "abc")).contains(new Origin(12, 0));
        assertThat(Origin.of(bytes("abc:123:45"), "abc")).contains(new Origin(123, 45));
    }

    @ParameterizedTest
    @CsvSource({"abd:12:5", "abcd:12:5", "ab", "''"})
    void shouldReadNoOriginOfOtherNodes(String field) {
        assertThat(Origin.of(bytes(field), "abc")).isEmpty();
    }

    @Test
    void shouldGiveAllKeysOfAClusterOneHashTag() {
        Keys keys = new Keys("c");
        assertThat(
                List.of(keys.state, keys.log, keys.channels, keys.oldest, keys.responses, keys.responseAges, keys.nodes,
                        keys.calls, keys.streams, keys.stream("a"), keys.batch("i"), keys.nodeState("i"),
                        keys.confirmation("i")))
                .extracting(key -> new String(key, StandardCharsets.UTF_8)).doesNotHaveDuplicates()
                .allMatch(key -> key.startsWith("{c}:"));
    }

    @Test
    void shouldNameTheStreamOfAChannelAsScriptsDo() {
        Keys keys = new Keys("c");
        assertThat(keys.stream("a}{é")).isEqualTo(bytes(new String(keys.streams, StandardCharsets.UTF_8) + "a}{é"));
    }

    @Test
    void shouldFindTheTextOfEachScript() {
        for (Script script : Script.values()) {
            assertThat(new String(script.text, StandardCharsets.UTF_8)).as(script.name()).contains("redis.call(");
            assertThat(new String(script.digest, StandardCharsets.UTF_8)).as(script.name()).matches("[0-9a-f]{40}");
        }
        assertThat(Script.values()).extracting(script -> new String(script.digest, StandardCharsets.UTF_8))
                .doesNotHaveDuplicates();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
