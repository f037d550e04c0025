package dev.tinysse.cluster.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectorTest {
    private static final String HELLO = Script.HELLO.name();
    private static final String BEAT = Script.BEAT.name();

    private final NodeRig rig = new NodeRig();

    @AfterEach
    void close() {
        rig.close();
    }

    @Test
    void shouldConnectAndReportThisNode() {
        rig.redis.always(HELLO,
                FakeRedis.value(List.of("1", NodeRig.id(7), NodeRig.EPOCH + ":0-0", "1-5 2-0", NodeRig.id(3))));
        rig.redis.always(BEAT, FakeRedis.value(List.of("1", NodeRig.id(8), NodeRig.EPOCH + ":0-0")));
        Session session = connected();
        assertThat(session.begin()).isEqualTo(NodeRig.position(7));
        assertThat(session.latest()).isEqualTo(NodeRig.position(8));
        assertThat(session.confirmed()).isEqualTo(NodeRig.position(3));
        assertThat(rig.state.epochs().current().name()).isEqualTo(NodeRig.EPOCH);
        assertThat(rig.state.isInDoubt(StreamIds.position(EngineConnection.bytes("1-6")))).isTrue();
        assertThat(rig.redis.received("SET").getFirst().word(1)).isEqualTo("{c}:node:" + rig.state.instance);
    }

    @Test
    void shouldTellRedisWhatItHasSeen() {
        rig.state.followed(NodeRig.position(4));
        rig.state.acknowledged(NodeRig.position(5));
        connected();
        assertThat(rig.redis.received(HELLO).getFirst().texts()).endsWith(NodeRig.id(4), NodeRig.id(5), "run");
    }

    @Test
    void shouldSendHeartbeats() {
        Session session = connected();
        rig.redis.always(BEAT, FakeRedis.value(List.of("1", NodeRig.id(9), NodeRig.EPOCH + ":0-0 0b0b0b0b:1-0")));
        await().until(() -> session.latest() == NodeRig.position(9));
        assertThat(rig.state.epochs().current().name()).isEqualTo("0b0b0b0b");
    }

    @Test
    void shouldStayConnectedWhileRedisHasNoMemoryForHeartbeats() {
        Session session = connected();
        int before = rig.redis.received(BEAT).size();
        rig.redis.then(BEAT, FakeRedis.error("OOM command not allowed"), FakeRedis.error("OOM command not allowed"));
        rig.redis.awaitReceived(BEAT, before + 3);
        assertThat(session.isEnded()).isFalse();
        assertThat(rig.link.current()).contains(session);
    }

    @ParameterizedTest
    @ValueSource(strings = {"hang up", "error"})
    void shouldReconnectWhenAHeartbeatFails(String failure) {
        Session session = connected();
        rig.redis.then(BEAT, failure.equals("error") ? FakeRedis.error("LOADING") : FakeRedis.hangUp());
        await().until(() -> rig.link.current().filter(now -> now != session).isPresent());
        assertThat(session.isEnded()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"role:slave", "redis_version:5.0.1"})
    void shouldWaitForAServerThatCanBeUsed(String line) {
        rig.redis.then("INFO", info(line), info(line), info(line));
        connected();
        assertThat(rig.redis.received("INFO")).hasSizeGreaterThanOrEqualTo(6);
        assertThat(rig.redis.received(HELLO)).hasSize(1);
    }

    @Test
    void shouldConnectToAServerThatComesLater() {
        rig.redis.then("INFO", FakeRedis.hangUp(), FakeRedis.cut("redis_version:7.0.0", 8),
                FakeRedis.raw("nonsense\r\n"));
        connected();
    }

    @Test
    void shouldTakeNoHalfHello() {
        rig.redis.then(HELLO, FakeRedis.cut(List.of("1", "0-0", NodeRig.EPOCH + ":0-0", "", "0-0"), 20));
        connected();
        assertThat(rig.redis.received(HELLO)).hasSize(2);
    }

    @Test
    void shouldGoWhereTheKeysAre() {
        try (FakeRedis other = new FakeRedis()) {
            other.always("INFO", info("redis_mode:cluster"));
            other.always("SET", FakeRedis.status("OK"));
            other.always("CLUSTER", FakeRedis.value(List.of()));
            other.always(HELLO, FakeRedis.value(List.of("1", "0-0", NodeRig.EPOCH + ":0-0", "", "0-0")));
            other.always(BEAT, FakeRedis.value(List.of("1", "0-0", NodeRig.EPOCH + ":0-0")));
            rig.redis.always(HELLO, FakeRedis.error("MOVED 7 " + other.host()));
            assertThat(connected().host()).isEqualTo(other.host());
            rig.link.close();
            other.awaitReceived(BEAT, 1);
        }
    }

    @Test
    void shouldNotFollowServersThatSendItInACircle() {
        try (FakeRedis other = new FakeRedis()) {
            other.always("INFO", info("redis_mode:cluster"));
            other.always(HELLO, FakeRedis.error("MOVED 7 " + rig.redis.host()));
            rig.redis.always(HELLO, FakeRedis.error("MOVED 7 " + other.host()));
            rig.start(connector());
            rig.redis.awaitReceived(HELLO, 3);
            rig.link.awaitFirst(java.time.Duration.ofSeconds(20));
            assertThat(rig.link.current()).isEmpty();
        }
    }

    @Test
    void shouldEndWhenTheLinkIsClosed() throws InterruptedException {
        Thread thread = Thread.ofPlatform().start(connector());
        await().until(() -> rig.link.current().isPresent());
        rig.link.close();
        thread.interrupt();
        thread.join();
        assertThat(rig.link.current()).isEmpty();
    }

    private Session connected() {
        rig.start(connector());
        await().until(() -> rig.link.current().isPresent());
        return rig.link.current().orElseThrow();
    }

    private Connector connector() {
        return new Connector(rig.config, rig.link, rig.state, rig.keys, rig.nodes, rig.timings, rig.replicas);
    }

    private static FakeRedis.Reply info(String line) {
        return FakeRedis.value("redis_version:7.0.15\r\n" + line + "\r\n");
    }
}
