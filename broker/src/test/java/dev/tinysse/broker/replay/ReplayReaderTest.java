package dev.tinysse.broker.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tinysse.api.Message;
import dev.tinysse.broker.TextFormat;
import dev.tinysse.broker.hooks.HookCalls;
import dev.tinysse.broker.log.ChannelSet;
import dev.tinysse.broker.log.EventId;
import dev.tinysse.broker.log.EventLog;
import dev.tinysse.broker.log.LogException;
import dev.tinysse.broker.log.memory.MemoryLog;
import dev.tinysse.broker.tck.LogRig;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Pages of a log that drops records while they are read: a gap reports whatever a client does not receive. */
class ReplayReaderTest {
    private static final int PAGE = 1024;
    private static final int SHARED_FROM = 4;
    private static final ChannelSet A = ChannelSet.of(List.of("a"));
    private static final ChannelSet A_AND_B = ChannelSet.of(List.of("a", "b"));

    private final LogRig rig = new LogRig(MemoryLog::new);
    private final BlockingQueue<Object> results = new LinkedBlockingQueue<>();
    private int unconsumed;
    private Runnable afterRead = () -> {};
    private ReplayReader reader;

    @BeforeEach
    void open() throws LogException {
        rig.keep(3 * PAGE, Duration.ZERO, 1L << 30);
        reader = new ReplayReader(loggingReads(rig.log()), HookCalls.none(), TextFormat.PLAIN);
    }

    private EventLog loggingReads(EventLog log) {
        return (EventLog) Proxy.newProxyInstance(EventLog.class.getClassLoader(), new Class<?>[]{EventLog.class},
                (_, method, arguments) -> {
                    try {
                        Object result = method.invoke(log, arguments);
                        if (method.getName().equals("read")) {
                            afterRead.run();
                        }
                        return result;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    @Test
    void shouldTellOfNothingWhereAllIsThere() throws Exception {
        publish("a", 2 * PAGE);
        ReplayPage first = page(A, 0, 0);
        ReplayPage second = page(A, first.through(), first.known());

        assertThat(first.gap()).isEmpty();
        assertThat(second.gap()).isEmpty();
        assertThat(second.complete()).isTrue();
    }

    @Test
    void shouldTellTwiceOfWhatIsMissingBeforeAPageAndOfWhatGoesBehindItWhileItIsRead() throws Exception {
        publish("a", 3 * PAGE + 1);
        afterRead = () -> publish("a", PAGE + PAGE / 2);
        ReplayPage first = page(A, 0, 0);
        afterRead = () -> {};
        ReplayPage second = page(A, first.through(), first.known());

        assertThat(first.gap().orElseThrow().channels()).containsExactly("a");
        assertThat(second.gap().orElseThrow().channels()).containsExactly("a");
    }

    @Test
    void shouldNotTellAgainWhoComesBackWithTheIdOfAGap() throws Exception {
        publish("a", 3 * PAGE + 1);
        EventId id = EventId.parse(page(A, 0, 0).gap().orElseThrow().id().orElseThrow()).orElseThrow();

        assertThat(page(A, id.position(), id.known(A)).gap()).isEmpty();
    }

    @Test
    void shouldTellOfAChannelThatHasLostSomethingBeforeTheEndOfAPageAndHasNothingInIt() throws Exception {
        publish("b", 1);
        publish("a", PAGE + 1);
        publish("b", 3 * PAGE);
        ReplayPage first = page(A_AND_B, 0, 0);

        assertThat(first.complete()).isFalse();
        assertThat(first.gap().orElseThrow().channels()).containsExactly("b");
        assertThat(page(A_AND_B, first.through(), first.known()).gap()).isEmpty();
    }

    @Test
    void shouldTellOfAChannelWithNothingInAPageWhereItsRecordsAreMissing() throws Exception {
        publish("a", PAGE + 1);
        publish("b", 3 * PAGE + 1);
        ReplayPage first = page(A_AND_B, 0, 0);
        ReplayPage second = page(A_AND_B, first.through(), first.known());

        assertThat(first.gap()).isEmpty();
        assertThat(second.gap().orElseThrow().channels()).containsExactly("b");
    }

    @Test
    void shouldTellWhoGetsASharedPageOfWhatHasGoneBehindItSince() throws Exception {
        publish("a", 3 * PAGE);
        long begin = rig.log().dropped(A, 0, 0).watermark();
        for (int i = 0; i < SHARED_FROM; i++) {
            assertThat(page(A, 0, begin).gap()).isEmpty(); // while pages before it have not been consumed, it remains for others
        }
        publish("a", PAGE + PAGE / 2);
        ReplayPage shared = page(A, 0, rig.log().dropped(A, 0, 0).watermark());

        assertThat(shared.entries()).hasSize(PAGE);
        assertThat(shared.gap()).isEmpty();
        for (; unconsumed > 0; unconsumed--) {
            reader.consumed();
        }
        assertThat(page(A, shared.through(), shared.known()).gap().orElseThrow().channels()).containsExactly("a");
    }

    private void publish(String channel, int count) {
        try {
            for (int i = 0; i < count; i++) {
                rig.publish(channel, Message.of("x"));
            }
        } catch (LogException e) {
            throw new AssertionError(e);
        }
    }

    private ReplayPage page(ChannelSet channels, long after, long known) throws InterruptedException {
        reader.read(new ReplayReader.Request(channels, after, Long.MAX_VALUE, known, rig.log().epoch(),
                Optional.empty()),
                new ReplayReader.Result() {
                    @Override
                    public void page(ReplayPage page) {
                        unconsumed++;
                        results.add(page);
                    }

                    @Override
                    public void failed(LogException failure) {
                        results.add(failure);
                    }
                });
        return (ReplayPage) results.poll(20, TimeUnit.SECONDS);
    }
}
