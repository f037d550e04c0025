package dev.tinysse.cluster.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EpochsTest {
    private static final Epochs TWO = Epochs.UNKNOWN.with("0a0a0a0a:0-0 0b0b0b0b:5-1");

    @Test
    void shouldTellTheEpochOfAPosition() {
        assertThat(TWO.at(0)).isEqualTo("0a0a0a0a");
        assertThat(TWO.at(position("5-0"))).isEqualTo("0a0a0a0a");
        assertThat(TWO.at(position("5-1"))).isEqualTo("0b0b0b0b");
        assertThat(TWO.at(position("9-0"))).isEqualTo("0b0b0b0b");
        assertThat(TWO.current()).isEqualTo(new Epochs.Epoch("0b0b0b0b", position("5-1")));
    }

    @Test
    void shouldTellScriptsWhatRedisHasReported() {
        assertThat(TWO).hasToString("0a0a0a0a:0-0 0b0b0b0b:5-1");
        assertThat(Epochs.UNKNOWN).hasToString("");
    }

    @Test
    void shouldBeTheSameAsLongAsNothingChanges() {
        assertThat(TWO.with(TWO.toString())).isSameAs(TWO);
    }

    @Test
    void shouldForgetThatItWasUnknown() {
        assertThat(TWO.knows("00000000")).isFalse();
        assertThat(Epochs.UNKNOWN.at(position("9-0"))).isEqualTo("00000000");
    }

    @Test
    void shouldRememberEpochsThatRedisDoesNotKnowAnyMore() {
        Epochs later = TWO.with("0b0b0b0b:5-1 0c0c0c0c:9-0");
        assertThat(later).hasToString("0a0a0a0a:0-0 0b0b0b0b:5-1 0c0c0c0c:9-0");
        assertThat(later.knows("0a0a0a0a")).isTrue();
    }

    @Test
    void shouldTellWhichEpochsAreOver() {
        assertThat(TWO.hadBefore("0a0a0a0a")).isTrue();
        assertThat(TWO.hadBefore("0b0b0b0b")).isFalse();
        assertThat(TWO.hadBefore("0c0c0c0c")).isFalse();
        assertThat(Epochs.UNKNOWN.hadBefore("00000000")).isFalse();
    }

    @Test
    void shouldForgetTheOldestOfVeryManyEpochs() {
        Epochs many = Epochs.UNKNOWN.with(names(0, 60));
        Epochs more = many.with(names(60, 70));
        assertThat(more.all()).hasSize(64);
        assertThat(more.knows("%08x".formatted(5))).isFalse();
        assertThat(more.knows("%08x".formatted(6))).isTrue();
        assertThat(more.current().name()).isEqualTo("%08x".formatted(69));
    }

    private static String names(int from, int to) {
        return IntStream.range(from, to).mapToObj(number -> "%08x:%d-0".formatted(number, number))
                .collect(Collectors.joining(" "));
    }

    private static long position(String id) {
        return StreamIds.position(EngineConnection.bytes(id));
    }
}
