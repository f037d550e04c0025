package dev.tinysse.cluster.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.HostAndPort;

class EngineTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final FakeRedis redis = new FakeRedis();
    private final Engine engine = new Engine(NodeRig.address(redis), TIMEOUT);

    @AfterEach
    void close() {
        redis.close();
    }

    @Test
    void shouldReadThePropertiesOfRedis() throws EngineException {
        informs("redis_version:7.0.15", "run_id:abc", "maxmemory_policy:allkeys-lru", "role:master",
                "redis_mode:standalone");
        Engine.Condition condition = check();
        assertThat(condition).isEqualTo(new Engine.Condition("7.0.15", "abc", "allkeys-lru", false));
        assertThat(condition.mayEvict()).isTrue();
    }

    @Test
    void shouldNameTheVersionOfValkey() throws EngineException {
        informs("redis_version:7.2.4", "valkey_version:8.0.1", "server_mode:standalone", "role:master");
        assertThat(check().version()).isEqualTo("8.0.1");
    }

    @ParameterizedTest
    @CsvSource({"noeviction, false", "allkeys-lru, true", "'', false"})
    void shouldTellWhetherMessagesMayBeEvicted(String policy, boolean mayEvict) {
        assertThat(new Engine.Condition("7", "", policy, false).mayEvict()).isEqualTo(mayEvict);
    }

    @ParameterizedTest
    @ValueSource(strings = {"6.0.9", "5.0.14", "6", "6.1"})
    void shouldRejectVersionsThatAreTooOld(String version) {
        informs("redis_version:" + version);
        EngineException failure = catchThrowableOfType(EngineException.class, this::check);
        assertThat(failure.kind()).isEqualTo(EngineException.Kind.UNFIT);
        assertThat(failure).hasMessage(
                "%s is too old: version=%s; 6.2 or later is needed".formatted(redis.host(), version));
    }

    @ParameterizedTest
    @ValueSource(strings = {"6.2.0", "6.10", "10.0", "7", "unstable"})
    void shouldTakeOtherVersions(String version) throws EngineException {
        informs("redis_version:" + version);
        assertThat(check().version()).isEqualTo(version);
    }

    @Test
    void shouldRejectAReplica() {
        informs("redis_version:7.0.15", "role:slave");
        assertThatThrownBy(this::check).hasMessage(redis.host() + " is no master");
    }

    @Test
    void shouldTakeAnyMemberOfARedisCluster() throws EngineException {
        informs("redis_version:7.0.15", "role:slave", "redis_mode:cluster");
        assertThat(check().isClustered()).isTrue();
    }

    @Test
    void shouldFindTheMembersOfARedisCluster() throws EngineException {
        redis.always("CLUSTER", FakeRedis.value(List.of(
                List.of(0, 8000, List.of("a", 1, "id"), List.of("::1", 2, "id")),
                List.of(8001, 16383, List.of("", 3, "id"), List.of("a", 1, "id")))));
        try (EngineConnection connection = engine.connect(redis.host())) {
            assertThat(Engine.members(connection)).containsExactly(new HostAndPort("a", 1),
                    new HostAndPort("[::1]", 2));
        }
        assertThat(redis.received("CLUSTER").getFirst().texts()).containsExactly("CLUSTER", "SLOTS");
    }

    @Test
    void shouldHaveTheMasterOfItsAddressWithoutSentinels() throws EngineException {
        assertThat(engine.master()).isEqualTo(redis.host());
        assertThat(redis.connections()).isZero();
    }

    @Test
    void shouldAskSentinelsForTheMaster() throws EngineException {
        redis.always("SENTINEL", FakeRedis.value(List.of("10.0.0.1", "7000")));
        assertThat(sentinels(redis.host()).master()).isEqualTo(new HostAndPort("10.0.0.1", 7000));
        assertThat(redis.received("SENTINEL").getFirst().texts()).containsExactly("SENTINEL", "get-master-addr-by-name",
                "main");
    }

    @Test
    void shouldAskAnotherSentinelIfOneFails() throws EngineException {
        HostAndPort gone;
        try (FakeRedis other = new FakeRedis()) {
            gone = other.host();
        }
        redis.always("SENTINEL", FakeRedis.value(List.of("10.0.0.1", "7000")));
        assertThat(sentinels(gone, redis.host(), gone).master()).isEqualTo(new HostAndPort("10.0.0.1", 7000));
    }

    @Test
    void shouldNameAMasterThatNoSentinelKnows() {
        redis.always("SENTINEL", FakeRedis.value(null));
        assertThatThrownBy(sentinels(redis.host())::master)
                .hasMessage("sentinel %s knows no master main".formatted(redis.host()));
    }

    @Test
    void shouldLogInToSentinelsThatWantIt() throws EngineException {
        redis.always("AUTH", FakeRedis.status("OK"));
        redis.then("SENTINEL", FakeRedis.error("NOAUTH Authentication required."));
        redis.always("SENTINEL", FakeRedis.value(List.of("10.0.0.1", "7000")));
        assertThat(sentinels(redis.host()).master()).isEqualTo(new HostAndPort("10.0.0.1", 7000));
        assertThat(redis.received("AUTH")).hasSize(1);
        assertThat(redis.connections()).isEqualTo(2);
    }

    private Engine sentinels(HostAndPort... hosts) {
        return new Engine(
                new EngineAddress(List.of(hosts), Optional.of("main"), Optional.empty(), Optional.of("word"), 0, false),
                TIMEOUT);
    }

    private void informs(String... lines) {
        redis.always("INFO", FakeRedis.value("# Section\r\n" + String.join("\r\n", lines)));
    }

    private Engine.Condition check() throws EngineException {
        try (EngineConnection connection = engine.connect(redis.host())) {
            return engine.check(connection);
        }
    }
}
