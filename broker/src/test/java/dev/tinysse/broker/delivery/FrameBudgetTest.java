package dev.tinysse.broker.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tinysse.api.Hook;
import dev.tinysse.api.Hooks;
import dev.tinysse.api.Message;
import dev.tinysse.api.Publication;
import dev.tinysse.api.Request;
import dev.tinysse.api.Subscription;
import dev.tinysse.broker.TextFormat;
import dev.tinysse.broker.dispatch.Entry;
import dev.tinysse.broker.dispatch.WorkerQueue;
import dev.tinysse.broker.hooks.HookCalls;
import dev.tinysse.broker.log.LogConfig;
import dev.tinysse.broker.log.LogRecord;
import dev.tinysse.broker.log.memory.MemoryLog;
import dev.tinysse.broker.stream.BrokerConfig;
import dev.tinysse.broker.stream.PlainChannel;
import dev.tinysse.broker.stream.RetryDelay;
import java.io.IOException;
import java.nio.channels.Selector;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class FrameBudgetTest {
    private static final Request REQUEST = new Request("POST", "/sse", "/sse", "", "127.0.0.1", 1, Map.of());
    private static final Publication PUBLICATION = Publication.of(REQUEST, Message.of("x"));
    private static final Message CHANGED = Message.of("y".repeat(99));
    private static final int FRAME = 100;
    private static final int STREAMS = 1000;
    private static final int TOGETHER = 3;
    private static final int LIMIT = 10 * FRAME;

    private final AtomicLong outstanding = new AtomicLong();
    private final AtomicLong maxOutstanding = new AtomicLong();

    /** Makes a frame's worth of bytes in each call. */
    private final class Changing implements Hooks {
        @Override
        public Set<Hook> defined() {
            return EnumSet.of(Hook.MESSAGE);
        }

        @Override
        public Message message(Publication publication, Subscription subscription) {
            maxOutstanding.accumulateAndGet(outstanding.addAndGet(FRAME), Math::max);
            return CHANGED;
        }
    }

    private static final DeliveryContext CONTEXT = new DeliveryContext(
            new BrokerConfig(16, Duration.ZERO, Duration.ZERO, RetryDelay.of(Duration.ZERO), Duration.ZERO, 1, false,
                    false),
            TextFormat.PLAIN, new MemoryLog(new LogConfig(0, Duration.ZERO, 0, InstantSource.system())),
            new LongAdder(), Long.MAX_VALUE, () -> 0);

    private static MessageBatch batch() {
        MessageBatch batch = new MessageBatch();
        for (int i = 0; i < STREAMS; i++) {
            Subscriber subscriber = new Subscriber(0, Subscription.of(REQUEST),
                    new PlainChannel(new TestChannel(length -> length)), new NoOwner(),
                    new Subscriber.Request(false, false, Optional.empty(), OptionalLong.empty(), Optional.empty()),
                    CONTEXT, 0);
            for (int j = 0; j < TOGETHER; j++) {
                batch.add(subscriber, List.of(
                        new Entry(new LogRecord(j + 1, 0, PUBLICATION, Optional.empty()), PUBLICATION, new byte[1])));
            }
        }
        batch.complete();
        return batch;
    }

    @Test
    void shouldLetNoMoreBeMadeThanOneFrameBeyondTheLimit() throws IOException {
        FrameBudget budget = new FrameBudget(LIMIT);
        try (Selector selector = Selector.open()) {
            WorkerQueue queue = new WorkerQueue();
            queue.waitsIn(selector);
            Mailbox mailbox = new Mailbox(queue);
            new MessageCalls(new MessageCalls.Shared(new HookCalls(new Changing()), TextFormat.PLAIN, budget,
                    mailbox), batch()).start();
            int messages = 0;
            while (messages < STREAMS * TOGETHER) {
                DeliveryTask.Decided decided = next(mailbox);
                messages += decided.to() - decided.from();
                assertThat(decided.last()).isEqualTo(messages == STREAMS * TOGETHER);
                outstanding.addAndGet(-decided.made());
                budget.remove(decided.made());
            }
        }
        assertThat(maxOutstanding.get()).isBetween((long) FRAME, (long) LIMIT + FRAME);
        assertThat(outstanding).hasValue(0);
    }

    private static DeliveryTask.Decided next(Mailbox mailbox) {
        DeliveryTask task = mailbox.poll();
        while (task == null) {
            Thread.onSpinWait();
            task = mailbox.poll();
        }
        return (DeliveryTask.Decided) task;
    }
}
