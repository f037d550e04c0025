package dev.tinysse.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tinysse.broker.stream.BrokerConfig;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** However a stream ends, its owner hears of it once, and so does the unsubscribe hook. */
@Timeout(60)
class EndingTest {
    private static final Duration NEVER = Duration.ZERO;
    private static final Duration SOON = Duration.ofMillis(100);

    private final HooksOf hooks = new HooksOf();
    private Rig rig = new Rig(Rig.config(256), hooks);

    @AfterEach
    void close() throws IOException {
        rig.close();
        assertThat(hooks.gone().values()).allMatch(times -> times.get() == 1);
    }

    private void use(BrokerConfig config) throws IOException {
        rig.close();
        rig = new Rig(config, hooks);
    }

    private void assertGone(Client client, String how) {
        assertThat(client.end()).isEqualTo(how);
        await().until(() -> hooks.count() == 1);
        assertThat(rig.broker.streams()).isZero();
    }

    @Test
    void shouldEndWhenTheClientCloses() throws IOException {
        Client client = rig.subscribe();
        client.close();
        assertGone(client, Client.CLOSED);
    }

    @Test
    void shouldEndWhenTheClientResets() throws IOException {
        Client client = rig.subscribe();
        client.reset();
        assertGone(client, Client.CLOSED);
    }

    @Test
    void shouldEndWhenTheClientClosesItsHalf() throws IOException {
        Client client = rig.subscribe();
        client.channel.shutdownOutput();
        assertGone(client, Client.CLOSED);
    }

    @Test
    void shouldEndWhenTheClientSendsWithoutEnd() throws IOException {
        Client client = rig.subscribe();
        client.send("x".repeat(40_000));
        assertGone(client, Client.CLOSED);
    }

    @Test
    void shouldEndWhenItsTimeIsUpAndHandTheChannelBack() throws IOException {
        use(Rig.timed(256, NEVER, SOON, NEVER));
        Client client = rig.subscribe();
        client.send("GET /next");
        rig.pass(SOON);
        assertThat(client.line()).isEqualTo("timeout 7000");
        assertGone(client, Client.RELEASED);
        assertThat(client.received()).isEqualTo("GET /next");
    }

    @Test
    void shouldEndWhenTheClientDoesNotReadAndItsTimeIsUp() throws IOException {
        use(Rig.timed(256, NEVER, Duration.ofSeconds(1), NEVER));
        String more = "x".repeat(20_000_000);
        Client client = rig.open().goLive();
        rig.publish(more);
        client.linesUntil(Rig.HEAD);
        await().until(() -> rig.publish("behind").queued() > 1);
        rig.pass(Duration.ofSeconds(1));
        assertGone(client, Client.CLOSED);
    }

    @Test
    void shouldEndWhenTheClientDoesNotTakeTheLastBytes() throws IOException {
        String end = "x".repeat(20_000_000);
        rig.close();
        rig = new Rig(Rig.timed(256, SOON, NEVER, SOON), new TextFormat(end), hooks);
        Client client = rig.open().goLive();
        rig.passUntilEnd(client, SOON);
        assertGone(client, Client.CLOSED);
    }

    @Test
    void shouldEndWhenTheBrokerCloses() throws IOException {
        Client client = rig.subscribe();
        rig.broker.close();
        assertGone(client, Client.CLOSED);
    }

    @Test
    void shouldTellTheHookOnlyOnceCatchingUpIsOver() throws IOException {
        Client client = rig.open();
        client.close();
        assertThat(client.end()).isEqualTo(Client.CLOSED);
        assertThat(hooks.count()).isZero();
        client.goLive();
        await().until(() -> hooks.count() == 1);
    }

    @Test
    void shouldEndOnTimeAlsoWhileCatchingUp() throws IOException {
        use(Rig.timed(256, NEVER, SOON, NEVER));
        Client client = rig.open();
        assertThat(client.line()).isEqualTo(Rig.HEAD);
        rig.pass(SOON);
        assertThat(client.line()).isEqualTo("timeout 7000");
        assertThat(client.end()).isEqualTo(Client.RELEASED);
        assertThat(hooks.count()).isZero();
        client.goLive();
        await().until(() -> hooks.count() == 1);
    }

    @Test
    void shouldOpenAStreamOfAClientThatHasGoneAlready() throws IOException {
        for (int i = 0; i < 20; i++) {
            Client client = rig.open();
            client.reset();
            client.goLive();
            assertThat(client.end()).isEqualTo(Client.CLOSED);
        }
        await().until(() -> hooks.count() == 20);
    }
}
