package dev.tinysse.broker.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChannelSetTest {
    @ParameterizedTest
    @CsvSource({"*, a, true", "*, a.b, false", "a.*, a.b, true", "a.*, a, false", "a.*, a.b.c, false",
            "a.*, b.b, false",
            "*.b, a.b, true", "*.b, a.c, false", "a.*.c, a.b.c, true", "a.*.c, a.b.d, false", "a.*.c, a.c, false",
            "**, a, true", "**, a.b.c, true", "a.**, a, false", "a.**, a.b, true", "a.**, a.b.c, true",
            "a.**, ab.c, false", "a.b, a.bc, false", "a.bc, a.b, false"})
    void shouldMatchSegmentBySegment(String pattern, String name, boolean matches) {
        assertThat(new ChannelPattern(pattern).matches(name)).isEqualTo(matches);
    }

    @Test
    void shouldContainWhatIsNamedOrMatched() {
        ChannelSet channels = ChannelSet.of(List.of("a", "b.*"));

        assertThat(channels.contains("a")).isTrue();
        assertThat(channels.contains("b.c")).isTrue();
        assertThat(channels.contains("b")).isFalse();
        assertThat(channels.contains("c")).isFalse();
        assertThat(channels.names()).containsExactly("a");
        assertThat(channels.patterns()).containsExactly(new ChannelPattern("b.*"));
    }

    @Test
    void shouldBeEqualWhateverTheOrder() {
        ChannelSet channels = ChannelSet.of(List.of("b.*", "a", "a"));

        assertThat(channels).isEqualTo(ChannelSet.of(List.of("a", "b.*"))).hasSameHashCodeAs(
                ChannelSet.of(List.of("a", "b.*"))).hasToString("a,b.*");
        assertThat(channels).isNotEqualTo(ChannelSet.of(List.of("a")));
    }

    @Test
    void shouldRejectWhatIsNeitherANameNorAPattern() {
        assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> ChannelSet.of(List.of("a", "b..c")))
                .withMessageContaining("b..c");
    }
}
