package dev.tinysse.cluster.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tinysse.broker.tck.TestClock;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

class NodeStateTest {
    private final TestClock clock = new TestClock();
    private final NodeState state = new NodeState(clock);

    @Test
    void shouldTellScriptsTheTimeOfATestAlone() {
        assertThat(text(state.time())).isEqualTo(String.valueOf(clock.millis()));
        assertThat(new NodeState(InstantSource.system()).time()).isEmpty();
    }

    @Test
    void shouldHaveTheTimeThatRedisReports() {
        NodeState real = new NodeState(InstantSource.system());
        long later = System.currentTimeMillis() + 3_600_000;
        real.time(later);
        assertThat(real.millis()).isGreaterThanOrEqualTo(later);
        state.time(later);
        assertThat(state.millis()).isEqualTo(clock.millis());
    }

    @Test
    void shouldHaveAnInstanceThatNoOtherNodeHas() {
        assertThat(state.instance).isNotEqualTo(new NodeState(clock).instance).doesNotContain(":", " ");
    }

    @Test
    void shouldHaveSeenWhatItHasFollowedOrWhatRedisHasAcknowledged() {
        assertThat(state.seen()).isZero();
        state.followed(7);
        state.acknowledged(5);
        assertThat(state.seen()).isEqualTo(7);
        state.acknowledged(9);
        assertThat(state.seen()).isEqualTo(9);
        assertThat(state.followed()).isEqualTo(7);
        assertThat(state.acknowledged()).isEqualTo(9);
    }

    @Test
    void shouldDoubtPositionsBetweenTwo() {
        state.doubt("1-5 2-0");
        assertThat(state.isInDoubt(position("1-5"))).isFalse();
        assertThat(state.isInDoubt(position("1-6"))).isTrue();
        assertThat(state.isInDoubt(position("1-1048575"))).isTrue();
        assertThat(state.isInDoubt(position("2-0"))).isFalse();
    }

    @Test
    void shouldDoubtNothingAsSoonAsRedisReportsThat() {
        assertThat(state.isInDoubt(1)).isFalse();
        state.doubt("1-5 2-0");
        state.doubt("");
        assertThat(state.isInDoubt(position("1-6"))).isFalse();
    }

    @Test
    void shouldTellScriptsItsEpochsAndANewOneEachTime() {
        state.epochs("0a0a0a0a:0-0");
        assertThat(state.scriptArguments()).extracting(NodeStateTest::text).hasSize(3)
                .satisfies(texts -> assertThat(texts.get(1)).matches("[0-9a-z]{8}")
                        .isNotEqualTo(text(state.scriptArguments().get(1))))
                .last().isEqualTo("0a0a0a0a:0-0");
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static long position(String id) {
        return StreamIds.position(EngineConnection.bytes(id));
    }
}
