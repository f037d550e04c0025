package dev.tinysse.cluster.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tinysse.broker.log.LogConfig;
import dev.tinysse.broker.log.LogException;
import dev.tinysse.broker.tck.TestClock;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.HostAndPort;

class EngineAddressTest {

    @ParameterizedTest
    @CsvSource({"redis://redis.example.com, redis.example.com:6379",
            "redis://redis.example.com:7000, redis.example.com:7000",
            "redis://[2001:db8::1], [2001:db8::1]:6379", "redis://[2001:db8::1]:7000, [2001:db8::1]:7000",
            "redis://user:word@h/3, h:6379", "redis-sentinel://h/main, h:26379/main",
            "'redis-sentinel://a:1,b:2,c/main', 'a:1,b:2,c:26379/main'"})
    void shouldReadHostsAndPorts(String uri, String text) {
        assertThat(of(uri)).hasToString(text);
    }

    @Test
    void shouldReadCredentials() {
        EngineAddress address = of("redis://us%3Aer:w%40r+d@h");
        assertThat(address.user()).contains("us:er");
        assertThat(address.password()).contains("w@r+d");
    }

    @ParameterizedTest
    @ValueSource(strings = {"redis://:word@h", "redis://word@h"})
    void shouldLogInAsTheDefaultUserWithAPasswordAlone(String uri) {
        assertThat(of(uri).user()).isEmpty();
        assertThat(of(uri).password()).contains("word");
    }

    @ParameterizedTest
    @ValueSource(strings = {"redis://h", "redis://:@h", "redis://@h"})
    void shouldNotLogInWithoutAPassword(String uri) {
        assertThat(of(uri).user()).isEmpty();
        assertThat(of(uri).password()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"redis://h, 0", "redis://h/, 0", "redis://h/7, 7", "redis-sentinel://h/main, 0",
            "redis-sentinel://h/main/2, 2"})
    void shouldReadTheDatabase(String uri, int database) {
        assertThat(of(uri).database()).isEqualTo(database);
    }

    @Test
    void shouldEncryptOnlyWhereTheSchemeSaysSo() {
        assertThat(of("rediss://h").tls()).isTrue();
        assertThat(of("redis://h").tls()).isFalse();
        assertThat(of("redis-sentinel://h/main").tls()).isFalse();
    }

    @Test
    void shouldHaveNoMasterWithoutSentinels() {
        assertThat(of("redis://h/1").master()).isEmpty();
        assertThat(of("redis-sentinel://h/m%20y").master()).contains("m y");
    }

    @ParameterizedTest
    @CsvSource({"redis:/h, needs a host", "redis://:7000, needs a host", "redis://a:b:7000, needs a host",
            "'redis://a,b', 'has one host, and there are 2'",
            "redis://h:0, 'needs a port, and \"0\" is none'", "redis://h:65536, 'needs a port, and \"65536\" is none'",
            "redis://h:x, 'needs a port, and \"x\" is none'", "redis://h:+7, 'needs a port, and \"+7\" is none'",
            "redis://h/x, 'needs the number of a database, and \"x\" is none'",
            "redis://h/-1, 'needs the number of a database, and \"-1\" is none'",
            "redis://h/1/2, has nothing behind the number of the database",
            "redis-sentinel://h/main/1/2, has nothing behind the number of the database",
            "redis-sentinel://h, needs the name of the master behind the hosts: host:port/MASTER"})
    void shouldRejectOtherAddresses(String uri, String error) {
        assertThatIllegalArgumentException().isThrownBy(() -> of(uri)).withMessage(error);
    }

    @Test
    void shouldShowNoPassword() {
        assertThat(of("redis-sentinel://user:word@a,b/main").toString()).isEqualTo("a:26379,b:26379/main");
        assertThatIllegalArgumentException().isThrownBy(() -> of("redis://user:word@h:x"))
                .satisfies(error -> assertThat(error.getMessage()).doesNotContain("word", "user"));
    }

    @Test
    void shouldTakeOptionsOfTheServerAndNoneOfTheOperator() {
        RedisLogProvider provider = new RedisLogProvider();
        assertThat(provider.schemes()).containsExactlyInAnyOrder("redis", "rediss", "redis-sentinel");
        provider.check(URI.create("redis://h/1"));
        assertThatIllegalArgumentException().isThrownBy(() -> provider.check(URI.create("redis://h?name=x")))
                .withMessage("has neither a query nor a fragment");
        assertThatIllegalArgumentException().isThrownBy(() -> provider.check(URI.create("redis://h#x")))
                .withMessage("has neither a query nor a fragment");
        assertThatIllegalArgumentException().isThrownBy(() -> provider.check(URI.create("redis://h/x")));
    }

    @Test
    void shouldOpenNoLogWithAnAddressThatIsNone() {
        LogConfig limits = new LogConfig(0, Duration.ZERO, 0, new TestClock());
        assertThatThrownBy(() -> new RedisLogProvider().open(URI.create("redis://h:x?name=c"), limits))
                .isInstanceOf(LogException.class).hasMessage("cluster URL needs a port, and \"x\" is none");
    }

    @Test
    void shouldPutAnAddressOfIpv6IntoBracketsOnce() {
        assertThat(EngineHosts.of("::1", 1)).isEqualTo(EngineHosts.of("[::1]", 1))
                .isEqualTo(new HostAndPort("[::1]", 1));
    }

    private static EngineAddress of(String uri) {
        return EngineAddress.of(URI.create(uri));
    }
}
