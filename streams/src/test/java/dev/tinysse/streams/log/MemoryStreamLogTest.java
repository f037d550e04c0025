package dev.tinysse.streams.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tinysse.streams.model.ContentType;
import dev.tinysse.streams.model.Decision;
import dev.tinysse.streams.model.Expiry;
import dev.tinysse.streams.model.ForkRequest;
import dev.tinysse.streams.model.Offset;
import dev.tinysse.streams.model.Producer;
import dev.tinysse.streams.model.ReadStart;
import dev.tinysse.streams.model.Resolved;
import dev.tinysse.streams.model.StreamConfig;
import dev.tinysse.streams.model.StreamRequest;
import dev.tinysse.streams.model.StreamState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MemoryStreamLogTest {
    private static final ContentType TEXT = ContentType.parse("text/plain").orElseThrow();

    private final ManualClock clock = new ManualClock();
    private final MemoryStreamLog log = new MemoryStreamLog(1_000_000, clock);

    @AfterEach
    void close() {
        log.close();
    }

    private Decision create(String name, ContentType type, Expiry expiry, String data) {
        StreamConfig config = new StreamConfig(type, expiry, !(expiry instanceof Expiry.Never), List.of());
        return log.create(name, new StreamRequest.Create(config, true, Optional.empty(), data.getBytes(UTF_8), false))
                .decision();
    }

    private void create(String name, String data) {
        assertThat(create(name, TEXT, new Expiry.Never(), data)).isInstanceOf(Decision.Accept.class);
    }

    private Decision fork(String name, String source, Optional<ReadStart> offset, long further) {
        StreamConfig config = new StreamConfig(TEXT, new Expiry.Never(), false, List.of());
        return log.create(name, new StreamRequest.Create(config, false,
                Optional.of(new ForkRequest(source, offset, further)), new byte[0], false)).decision();
    }

    private void fork(String name, String source) {
        assertThat(fork(name, source, Optional.empty(), 0)).isInstanceOf(Decision.Accept.class);
    }

    private Decision append(String name, ContentType type, String data) {
        return log.append(name, new StreamRequest.Append(0, Optional.of(type), data.getBytes(UTF_8), Optional.empty(),
                Optional.empty(), false)).decision();
    }

    private void append(String name, String data) {
        assertThat(append(name, TEXT, data)).isInstanceOf(Decision.Accept.class);
    }

    private DurableStream stream(String name) {
        return ((Found.Present) log.find(name)).stream();
    }

    private String read(String name) {
        return text(stream(name).read(0, 1_000_000, false));
    }

    private static String text(Page page) {
        return new String(page.toArray(), UTF_8);
    }

    @Test
    void shouldReadWhatWasAppended() {
        create("a", "one");
        append("a", "two");

        Page page = stream("a").read(2, 100, true);

        assertThat(text(page)).isEqualTo("etwo");
        assertThat(page.ends()).containsExactly(3, 6);
        assertThat(page.isUpToDate()).isTrue();
        assertThat(page.isEnd()).isFalse();
    }

    @Test
    void shouldStitchAForkToItsSource() {
        create("a", "source");
        Offset three = stream("a").view().offset(3);
        assertThat(fork("b", "a", Optional.of(new ReadStart.At(three)), 0)).isInstanceOf(Decision.Accept.class);
        append("a", " goes on");
        append("b", "!");

        assertThat(read("b")).isEqualTo("sou!");
        assertThat(read("a")).isEqualTo("source goes on");
        assertThat(stream("b").read(0, 100, true).ends()).containsExactly(3, 4);
        assertThat(stream("b").view().offset(3)).isEqualTo(three);
    }

    @Test
    void shouldForkInsideAnAppend() {
        create("a", "source");
        append("a", "more");

        assertThat(fork("b", "a", Optional.of(new ReadStart.Beginning()), 6)).isInstanceOf(Decision.Accept.class);
        assertThat(fork("c", "a", Optional.of(new ReadStart.Beginning()), 7)).isEqualTo(new Decision.ForkBeyond());
        assertThat(fork("d", "a", Optional.empty(), 1)).isEqualTo(new Decision.ForkBeyond());
        assertThat(fork("e", "b", Optional.of(new ReadStart.Beginning()), 2)).isInstanceOf(Decision.Accept.class);
        assertThat(read("e")).isEqualTo("so");
        assertThat(fork("f", "e", Optional.of(new ReadStart.Beginning()), 3)).isEqualTo(new Decision.ForkBeyond());
    }

    @Test
    void shouldForkBehindMessages() {
        create("a", ContentType.JSON, new Expiry.Never(), "1,[2,3],");
        append("a", ContentType.JSON, "4,");

        assertThat(fork("b", "a", Optional.of(new ReadStart.Beginning()), 2)).isInstanceOf(Decision.Accept.class);
        assertThat(read("b")).isEqualTo("1,[2,3],");
        assertThat(fork("c", "a", Optional.of(new ReadStart.Beginning()), 3)).isEqualTo(new Decision.ForkBeyond());
    }

    @Test
    void shouldNotKnowAnOffsetInsideAMessage() {
        create("a", ContentType.JSON, new Expiry.Never(), "1,[2,3],");
        append("a", ContentType.JSON, "4,");
        DurableStream stream = stream("a");

        for (long position = 1; position <= 10; position++) {
            Resolved expected = List.of(2L, 8L, 10L).contains(position)
                    ? new Resolved.Position(position)
                    : new Resolved.NeverIssued();
            assertThat(stream.resolve(new ReadStart.At(stream.view().offset(position)))).isEqualTo(expected);
        }
    }

    @Test
    void shouldTellTheOffsetOfADeletedStream() {
        create("a", "old");
        Offset offset = stream("a").view().tailOffset();
        log.delete("a");
        create("a", "new and longer");

        assertThat(stream("a").resolve(new ReadStart.At(offset))).isEqualTo(new Resolved.Lost());
    }

    @Test
    void shouldEndPagesAtCharactersAndMessages() {
        create("text", "a\u20acb");
        create("bytes", ContentType.BYTES, new Expiry.Never(), "a\u20acb");
        create("json", ContentType.JSON, new Expiry.Never(), "11,[2,3],4,");

        assertThat(stream("text").read(0, 3, false).to()).isEqualTo(1);
        assertThat(stream("text").read(1, 2, false).to()).isEqualTo(3); // there is no other way
        assertThat(stream("text").read(0, 4, false).to()).isEqualTo(4);
        assertThat(stream("bytes").read(0, 3, false).to()).isEqualTo(3);
        assertThat(stream("json").read(0, 8, false).to()).isEqualTo(3);
        assertThat(stream("json").read(0, 9, false).to()).isEqualTo(9);
        assertThat(stream("json").read(3, 2, false).to()).isEqualTo(9);
    }

    @Test
    void shouldKeepADeletedSourceForItsForks() {
        create("a", "source");
        fork("b", "a");
        log.delete("a");

        assertThat(log.find("a")).isEqualTo(new Found.SoftDeleted());
        assertThat(log.delete("a").decision()).isEqualTo(new Decision.SoftDeleted());
        assertThat(create("a", TEXT, new Expiry.Never(), "")).isEqualTo(new Decision.Conflict());
        assertThat(fork("c", "a", Optional.empty(), 0)).isEqualTo(new Decision.SourceDeleted());
        assertThat(read("b")).isEqualTo("source");
        log.delete("b");
        assertThat(log.find("a")).isEqualTo(new Found.Missing());
        assertThat(log.size()).isZero();
    }

    @Test
    void shouldNotCountARefusedFork() {
        create("a", "source");
        fork("b", "a", Optional.of(new ReadStart.Beginning()), 99);
        log.delete("a");

        assertThat(log.find("a")).isEqualTo(new Found.Missing());
    }

    @Test
    void shouldTakeAThousandLevelsAndRemoveThemTogether() {
        create("0", "a");
        for (int i = 1; i <= StreamState.MAX_LEVEL; i++) {
            fork(Integer.toString(i), Integer.toString(i - 1));
            append(Integer.toString(i), "b");
        }
        String deepest = Integer.toString(StreamState.MAX_LEVEL);

        assertThat(fork("more", deepest, Optional.empty(), 0)).isEqualTo(new Decision.ForkDepth());
        assertThat(read(deepest)).isEqualTo("a" + "b".repeat(StreamState.MAX_LEVEL));
        for (int i = 0; i < StreamState.MAX_LEVEL; i++) {
            log.delete(Integer.toString(i));
        }
        assertThat(log.count()).isEqualTo(StreamState.MAX_LEVEL + 1);
        log.delete(deepest);
        assertThat(log.count()).isZero();
        assertThat(log.size()).isZero();
    }

    @Test
    void shouldExpireUnlessUsed() {
        create("idle", TEXT, new Expiry.Ttl(10), "a");
        create("read", TEXT, new Expiry.Ttl(10), "a");
        create("written", TEXT, new Expiry.Ttl(10), "a");
        clock.advance(9_000);
        stream("read").touch();
        append("written", "b");
        clock.advance(9_000);

        assertThat(log.expireDue()).isEqualTo(clock.millis() + 1_000);
        assertThat(log.count()).isEqualTo(2);
        assertThat(log.find("idle")).isEqualTo(new Found.Missing());
        clock.advance(1_000);
        assertThat(log.expireDue()).isEqualTo(Long.MAX_VALUE);
        assertThat(log.count()).isZero();
        assertThat(log.size()).isZero();
    }

    @Test
    void shouldNotServeAStreamThatHasExpiredBeforeItIsRemoved() {
        create("a", TEXT, new Expiry.Ttl(10), "a");
        create("b", TEXT, new Expiry.At(clock.instant().plusSeconds(5)), "b");
        clock.advance(5_000);
        assertThat(log.find("b")).isEqualTo(new Found.Missing());
        clock.advance(5_000);

        assertThat(append("a", TEXT, "b")).isEqualTo(new Decision.Missing());
        create("a", "new");
        assertThat(read("a")).isEqualTo("new");
    }

    @Test
    void shouldNotProlongAFixedExpiry() {
        create("a", TEXT, new Expiry.At(clock.instant().plusSeconds(5)), "a");
        clock.advance(4_000);
        append("a", "b");
        stream("a").touch();
        clock.advance(1_000);

        log.expireDue();

        assertThat(log.count()).isZero();
    }

    @Test
    void shouldLeaveTheBytesOfAnExpiredSourceToItsForks() {
        create("a", TEXT, new Expiry.Ttl(10), "source");
        StreamConfig config = new StreamConfig(TEXT, new Expiry.Ttl(1_000), true, List.of());
        log.create("b", new StreamRequest.Create(config, false,
                Optional.of(new ForkRequest("a", Optional.empty(), 0)), new byte[0], false));
        clock.advance(10_000);
        log.expireDue();

        assertThat(log.find("a")).isEqualTo(new Found.SoftDeleted());
        assertThat(read("b")).isEqualTo("source");
        clock.advance(1_000_000);
        log.expireDue();
        assertThat(log.count()).isZero();
    }

    @Test
    void shouldRefuseWhatIsBeyondItsSizeAndDropNothing() {
        create("a", "x".repeat(500_000));

        assertThat(append("a", TEXT, "x".repeat(500_000))).isEqualTo(new Decision.Full());
        assertThat(create("b", TEXT, new Expiry.Never(), "x".repeat(500_000))).isEqualTo(new Decision.Full());
        append("a", "y");
        assertThat(read("a")).hasSize(500_001);
        log.delete("a");
        assertThat(log.size()).isZero();
        create("b", "x".repeat(500_000));
    }

    @Test
    void shouldCountProducers() {
        create("a", "");
        long before = log.size();
        for (int i = 0; i < 2; i++) {
            log.append("a", new StreamRequest.Append(0, Optional.of(TEXT), new byte[]{1},
                    Optional.of(new Producer("name", 0, i)), Optional.empty(), false));
        }

        assertThat(log.size() - before).isGreaterThan(100).isLessThan(200);
    }

    @Test
    void shouldEndAWaitWhenThereIsMore() throws Exception {
        create("a", "");
        DurableStream stream = stream("a");
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Runnable change : List.<Runnable>of(() -> append("a", "x"), () -> closeStream("a"))) {
                CountDownLatch started = new CountDownLatch(1);
                long tail = stream.view().tail();
                Future<?> wait = threads.submit(waiting(stream, tail, started));
                started.await();
                change.run();
                wait.get();
            }
        }
        assertThat(stream.view().closed()).isTrue();
    }

    private static Callable<Void> waiting(DurableStream stream, long tail, CountDownLatch started) {
        return () -> {
            started.countDown();
            stream.await(tail, Duration.ofMinutes(5));
            return null;
        };
    }

    private void closeStream(String name) {
        log.append(name, new StreamRequest.Append(0, Optional.empty(), new byte[0], Optional.empty(),
                Optional.empty(), true));
    }

    @Test
    void shouldTellWatchesOfTheEnd() {
        List<String> ended = new ArrayList<>();
        for (String name : List.of("closed", "deleted", "drained", "unwatched")) {
            create(name, "");
        }
        stream("closed").watch(() -> ended.add("closed"));
        stream("deleted").watch(() -> ended.add("deleted"));
        stream("drained").watch(() -> ended.add("drained"));
        stream("unwatched").watch(() -> ended.add("unwatched")).close();

        append("closed", "x");
        assertThat(ended).isEmpty();
        closeStream("closed");
        log.delete("deleted");
        assertThat(ended).containsExactly("closed", "deleted");
        log.drain();
        assertThat(ended).containsExactly("closed", "deleted", "drained");
        stream("closed").watch(() -> ended.add("late"));
        assertThat(ended).contains("late");
    }

    @Test
    void shouldNotExpireAStreamThatSomebodyWaitsFor() throws Exception {
        create("a", TEXT, new Expiry.Ttl(10), "");
        StoredStream stream = (StoredStream) stream("a");
        CountDownLatch started = new CountDownLatch(1);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Void> wait = threads.submit(waiting(stream, 0, started));
            await().until(stream::isWaitedFor);
            clock.advance(20_000);
            log.expireDue();
            assertThat(log.find("a")).isInstanceOf(Found.Present.class);
            append("a", "x");
            wait.get();
        }
        clock.advance(9_000);
        log.expireDue();
        assertThat(log.find("a")).isInstanceOf(Found.Present.class);
        clock.advance(1_000);
        log.expireDue();
        assertThat(log.count()).isZero();
    }

    @Test
    void shouldSerializeAppendsOfManyThreads() throws Exception {
        create("a", "");
        List<Future<?>> appends = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 200; i++) {
                String letter = Character.toString('a' + i % 26);
                appends.add(threads.submit(() -> append("a", letter.repeat(10))));
            }
            for (Future<?> future : appends) {
                future.get();
            }
        }
        assertThat(read("a")).hasSize(2000).matches("((.)\\2{9})*");
    }
}
