package dev.tinysse.cluster.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReplicasTest {
    private final NodeRig rig = new NodeRig(2, Duration.ofSeconds(20));
    private EngineConnection connection;

    @BeforeEach
    void connect() throws EngineException {
        connection = rig.connection();
    }

    @AfterEach
    void close() {
        connection.close();
        rig.close();
    }

    @Test
    void shouldWaitUntilEnoughReplicasHaveIt() throws EngineException {
        rig.redis.then("WAIT", FakeRedis.value(1), FakeRedis.value(2), FakeRedis.value(3));
        assertThat(rig.replicas.haveWritten(connection, Duration.ofMillis(1500))).isFalse();
        assertThat(rig.replicas.haveWritten(connection, Duration.ofMillis(1500))).isTrue();
        assertThat(rig.replicas.haveWritten(connection, Duration.ofMillis(1500))).isTrue();
        assertThat(rig.redis.received("WAIT").getFirst().texts()).containsExactly("WAIT", "2", "1500");
    }

    @Test
    void shouldNotAskWithoutReplicas() throws EngineException {
        try (NodeRig none = new NodeRig()) {
            assertThat(none.replicas.areNeeded()).isFalse();
            assertThat(none.replicas.haveWritten(connection, Duration.ofMillis(1))).isTrue();
        }
        assertThat(rig.replicas.areNeeded()).isTrue();
        assertThat(rig.redis.received("WAIT")).isEmpty();
    }

    @Test
    void shouldExtendItsKeyInsteadOfWritingItAgain() throws EngineException {
        assertThat(rig.replicas.mark(connection)).isTrue();
        assertThat(rig.redis.received("PEXPIRE").getFirst().word(1))
                .isEqualTo("{c}:confirmation:" + rig.state.instance);
        assertThat(rig.redis.received("SET")).isEmpty();
    }

    @Test
    void shouldWriteItsKeyIfItIsNotThere() throws EngineException {
        rig.redis.then("PEXPIRE", FakeRedis.value(0));
        assertThat(rig.replicas.mark(connection)).isTrue();
        assertThat(rig.redis.received("SET").getFirst().texts()).containsExactly("SET",
                "{c}:confirmation:" + rig.state.instance, "", "PX", "3600000");
    }

    @Test
    void shouldConfirmNothingWhileRedisHasNoMemoryForItsKey() throws EngineException {
        rig.redis.then("PEXPIRE", FakeRedis.value(0));
        rig.redis.then("SET", FakeRedis.error("OOM command not allowed"));
        assertThat(rig.replicas.mark(connection)).isFalse();
    }

    @Test
    void shouldFailWithTheConnection() {
        rig.redis.then("PEXPIRE", FakeRedis.hangUp());
        assertThatThrownBy(() -> rig.replicas.mark(connection)).isInstanceOf(EngineException.class);
        assertThatThrownBy(() -> rig.replicas.haveWritten(connection, Duration.ofMillis(1)))
                .isInstanceOf(EngineException.class);
    }
}
