package dev.tinysse.cluster.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.HostAndPort;

class EngineHostsTest {
    private static final HostAndPort OWN = new HostAndPort("own", 1);
    private static final HostAndPort A = new HostAndPort("a", 1);
    private static final HostAndPort B = new HostAndPort("b", 1);

    private final EngineHosts hosts = new EngineHosts(OWN);

    @Test
    void shouldConnectToItsOwnHostAgainIfThatIsTheOnlyOne() {
        hosts.failed(OWN);
        assertThat(hosts.next()).isEqualTo(OWN);
    }

    @Test
    void shouldTryEachHostBeforeOneThatHasFailed() {
        hosts.known(List.of(A, B));
        for (HostAndPort host : List.of(OWN, A, B, OWN)) {
            assertThat(hosts.next()).isEqualTo(host);
            hosts.failed(host);
        }
    }

    @Test
    void shouldConnectToWhereTheKeysHaveMoved() {
        hosts.known(List.of(A, B));
        hosts.moved(B);
        assertThat(hosts.next()).isEqualTo(B);
        hosts.failed(B);
        assertThat(hosts.next()).isEqualTo(OWN);
    }

    @Test
    void shouldConnectToAHostThatOnlyTheServerHasNamed() {
        hosts.moved(A);
        assertThat(hosts.next()).isEqualTo(A);
    }

    @Test
    void shouldForgetHostsThatHaveLeftTheClusterButNotItsOwn() {
        hosts.known(List.of(A, B));
        hosts.moved(A);
        hosts.known(List.of(B));
        assertThat(hosts.next()).isEqualTo(OWN);
        hosts.failed(OWN);
        assertThat(hosts.next()).isEqualTo(B);
        hosts.failed(B);
        assertThat(hosts.next()).isEqualTo(OWN);
    }

    @Test
    void shouldKeepTheOrderWhenNothingHasChanged() {
        hosts.known(List.of(A, B));
        hosts.failed(OWN);
        hosts.known(List.of(B, A));
        assertThat(hosts.next()).isEqualTo(A);
    }

    @Test
    void shouldIgnoreTheFailureOfAHostThatHasLeft() {
        hosts.failed(A);
        assertThat(hosts.next()).isEqualTo(OWN);
        hosts.failed(OWN);
        assertThat(hosts.next()).isEqualTo(OWN);
    }
}
