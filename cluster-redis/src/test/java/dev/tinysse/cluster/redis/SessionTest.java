package dev.tinysse.cluster.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Protocol;

/** {@link Session} and {@link Link}. */
class SessionTest {
    private final NodeRig rig = new NodeRig();

    @AfterEach
    void close() {
        rig.close();
    }

    @Test
    void shouldHaveAConnectionForEachThread() throws EngineException {
        Session session = rig.connect();
        session.appending().call(Protocol.Command.PING);
        session.following().call(Protocol.Command.PING);
        session.beating().call(Protocol.Command.PING);
        assertThat(rig.redis.received("PING")).extracting(FakeRedis.Command::connection).doesNotHaveDuplicates();
    }

    @Test
    void shouldCountTheFirstCauseOfItsEnd() throws EngineException {
        Session session = rig.connect();
        assertThat(session.isEnded()).isFalse();
        session.end(new EngineException(EngineException.Kind.SILENT, "silent"));
        session.end("later");
        session.close();
        assertThat(session.isEnded()).isTrue();
        assertThat(session.cause()).isEqualTo("silent");
        assertThat(session.isSilent()).isTrue();
    }

    @Test
    void shouldNotBeSilentIfItHasEndedOtherwise() throws EngineException {
        Session session = rig.connect();
        session.end(new EngineException(EngineException.Kind.LOST, "lost"));
        session.end(new EngineException(EngineException.Kind.SILENT, "silent"));
        assertThat(session.isSilent()).isFalse();
    }

    @Test
    void shouldCloseAllConnectionsWhenItEnds() throws Exception {
        Session session = rig.connect();
        EngineConnection idle = session.borrow();
        session.giveBack(idle);
        session.end("over");
        assertThat(session.awaitEnd(0)).isTrue();
        assertThatThrownBy(() -> session.appending().call(Protocol.Command.PING)).isInstanceOf(EngineException.class);
        assertThatThrownBy(() -> session.following().call(Protocol.Command.PING)).isInstanceOf(EngineException.class);
        assertThatThrownBy(() -> session.beating().call(Protocol.Command.PING)).isInstanceOf(EngineException.class);
        assertThatThrownBy(() -> idle.call(Protocol.Command.PING)).isInstanceOf(EngineException.class);
    }

    @Test
    void shouldCloseAConnectionThatIsGivenBackTooLate() throws EngineException {
        Session session = rig.connect();
        EngineConnection borrowed = session.borrow();
        session.end("over");
        session.giveBack(borrowed);
        assertThatThrownBy(() -> borrowed.call(Protocol.Command.PING)).isInstanceOf(EngineException.class);
    }

    @Test
    void shouldLendAConnectionToOneReaderAtATime() throws EngineException {
        Session session = rig.connect();
        EngineConnection first = session.borrow();
        assertThat(session.borrow()).isNotSameAs(first);
        session.giveBack(first);
        assertThat(session.borrow()).isSameAs(first);
    }

    @Test
    void shouldRememberTheFirstPositionThatRedisReports() throws EngineException {
        Session session = rig.connect();
        session.latest(7);
        session.latest(9);
        session.confirmed(8);
        assertThat(session.begin()).isZero();
        assertThat(session.latest()).isEqualTo(9);
        assertThat(session.confirmed()).isEqualTo(8);
    }

    @Test
    void shouldBeConnectedWhileThereIsASession() throws EngineException {
        assertThat(rig.link.isConnected()).isFalse();
        assertThat(rig.link.isAnswering()).isFalse();
        Session session = rig.connect();
        assertThat(rig.link.current()).contains(session);
        assertThat(rig.link.isConnected()).isTrue();
        assertThat(rig.link.isAnswering()).isTrue();
    }

    @Test
    void shouldStayHealthyForAMomentWithoutASession() throws EngineException {
        Session session = rig.connect();
        session.end("over");
        assertThat(rig.link.current()).isEmpty();
        rig.link.ended(session);
        assertThat(rig.link.isAnswering()).isFalse();
        assertThat(rig.link.isConnected()).isTrue();
    }

    @Test
    void shouldWaitForASessionThatHasNotEnded() throws Exception {
        rig.connect().end("over");
        CompletableFuture<Optional<Session>> waiting = waits(rig.link::await);
        Session second = rig.connect();
        assertThat(waiting.get(20, TimeUnit.SECONDS)).contains(second);
    }

    @Test
    void shouldLetNobodyWaitWhenItIsClosed() throws Exception {
        CompletableFuture<Optional<Session>> session = waits(rig.link::await);
        CompletableFuture<Boolean> reader = waits(rig.link::awaitForReader);
        rig.link.close();
        assertThat(session.get(20, TimeUnit.SECONDS)).isEmpty();
        assertThat(reader.get(20, TimeUnit.SECONDS)).isFalse();
    }

    @Test
    void shouldLetNoReaderWaitWhenItIsDrained() throws Exception {
        CompletableFuture<Boolean> reader = waits(rig.link::awaitForReader);
        rig.link.drain();
        assertThat(reader.get(20, TimeUnit.SECONDS)).isFalse();
        assertThat(rig.link.isClosed()).isFalse();
    }

    @Test
    void shouldEndItsSessionWhenItIsClosed() throws EngineException {
        Session session = rig.connect();
        rig.link.close();
        assertThat(session.cause()).isEqualTo("closed");
        assertThat(rig.link.isClosed()).isTrue();
    }

    @Test
    void shouldWaitForTheFirstAttemptAlone() throws Exception {
        CompletableFuture<Boolean> first = waits(() -> {
            rig.link.awaitFirst(Duration.ofHours(1));
            return true;
        });
        rig.link.failed(new EngineException(EngineException.Kind.LOST, "lost"));
        assertThat(first.get(20, TimeUnit.SECONDS)).isTrue();
    }

    /** Something that waits. */
    @FunctionalInterface
    private interface Waiting<T> {
        T get() throws InterruptedException;
    }

    private static <T> CompletableFuture<T> waits(Waiting<T> waiting) {
        CompletableFuture<T> result = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            try {
                result.complete(waiting.get());
            } catch (InterruptedException e) {
                result.completeExceptionally(e);
            }
        });
        return result;
    }
}
