package dev.tinysse.broker.dispatch;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.tinysse.broker.log.Append;
import dev.tinysse.broker.log.ChannelSet;
import dev.tinysse.broker.log.EventLog;
import dev.tinysse.broker.log.LogConfig;
import dev.tinysse.broker.log.memory.MemoryLog;
import dev.tinysse.server.sse.ChunkedSseFormat;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.I_Result;

/** The dispatcher while publishers and streams use it. */
public class DispatcherStress {
    private DispatcherStress() {}

    private static Dispatcher dispatcher(WorkerQueue... queues) {
        return new Dispatcher(4, new ChunkedSseFormat(""), List.of(queues));
    }

    /** Appends one publication. */
    private static void append(EventLog log) {
        Append append = new Append(List.of(new Append.Item(Samples.PUBLICATION, Optional.empty())));
        log.append(append);
        append.outcome().join();
    }

    /** A stream that joins while something is published gets it behind itself, or knows that it is later. */
    @JCStressTest
    @Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "joined first, and gets it")
    @Outcome(id = "5, 0", expect = ACCEPTABLE, desc = "joined later, and its start says so")
    @Outcome(expect = FORBIDDEN, desc = "a message lost, or delivered twice")
    @State
    public static class JoinBesidePublish {
        private final WorkerQueue queue = new WorkerQueue();
        private final Dispatcher dispatcher = dispatcher(queue);
        private long position;

        @Actor
        public void publisher() {
            dispatcher.committed(Samples.record(5));
        }

        @Actor
        public void stream() {
            position = dispatcher.join((interest, joined) -> {}, ChannelSet.DEFAULT, false, 0);
        }

        @Arbiter
        public void behindTheStream(II_Result result) {
            result.r1 = (int) position;
            boolean joined = false;
            for (FanOutEvent next = queue.poll(); next != null; next = queue.poll()) {
                joined |= next instanceof SubscribeEvent;
                result.r2 += joined && next instanceof QueuedEntry ? 1 : 0;
            }
        }
    }

    /** A message that counts a stream which leaves has been given to its fan-out thread by then, so that it can be taken back. */
    @JCStressTest
    @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "published first")
    @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "left first")
    @Outcome(expect = FORBIDDEN, desc = "waits for a stream that has gone, or is taken twice")
    @State
    public static class LeaveBesidePublish {
        private final WorkerQueue queue = new WorkerQueue();
        private final Dispatcher dispatcher = dispatcher(queue);
        private Interest interest;
        private int subscribers;
        private long given;

        public LeaveBesidePublish() {
            dispatcher.join((joined, position) -> interest = joined, ChannelSet.DEFAULT, false, 0);
        }

        @Actor
        public void publisher() {
            subscribers = dispatcher.committed(Samples.record(5)).subscribers();
        }

        @Actor
        public void stream() {
            given = dispatcher.leave(interest, 0);
        }

        @Arbiter
        public void ended(II_Result result) {
            result.r1 = subscribers;
            result.r2 = (int) given;
        }
    }

    /** Appends of two publishers reach all fan-out threads in the order of their positions. */
    @JCStressTest
    @Outcome(id = "2, 2", expect = ACCEPTABLE, desc = "both, in order, on both threads")
    @Outcome(expect = FORBIDDEN, desc = "a message was lost, or overtook another")
    @State
    public static class PublishersKeepTheOrder {
        private final WorkerQueue one = new WorkerQueue();
        private final WorkerQueue other = new WorkerQueue();
        private final MemoryLog log = new MemoryLog(
                new LogConfig(0, Duration.ZERO, 1_000_000, InstantSource.system()));

        public PublishersKeepTheOrder() {
            Dispatcher dispatcher = dispatcher(one, other);
            log.follow(dispatcher);
            dispatcher.join((interest, position) -> {}, ChannelSet.DEFAULT, false, 0);
            dispatcher.join((interest, position) -> {}, ChannelSet.DEFAULT, false, 1);
        }

        @Actor
        public void one() {
            append(log);
        }

        @Actor
        public void other() {
            append(log);
        }

        @Arbiter
        public void inOrder(II_Result result) {
            result.r1 = inOrder(one);
            result.r2 = inOrder(other);
        }

        private static int inOrder(WorkerQueue queue) {
            int count = 0;
            long last = 0;
            for (FanOutEvent next = queue.poll(); next != null; next = queue.poll()) {
                if (next instanceof QueuedEntry entry) {
                    count += entry.position > last ? 1 : -10;
                    last = entry.position;
                }
            }
            return count;
        }
    }

    /** A publisher that sees that a fan-out thread is behind finds a message, whole, in its queue. */
    @JCStressTest
    @Outcome(id = {"0, 0", "0, 7", "1, 7"}, expect = ACCEPTABLE, desc = "not there yet, or whole")
    @Outcome(expect = FORBIDDEN, desc = "counted before it is there, or without its frame")
    @State
    public static class CountShowsTheMessage {
        private final WorkerQueue queue = new WorkerQueue();
        private final Channel channel = new Channel("default", 4);

        @Actor
        public void publisher() {
            queue.add(new QueuedEntry(channel, Samples.record(5), new byte[]{7}, 1));
        }

        @Actor
        public void fanOut(II_Result result) {
            result.r1 = (int) queue.behind();
            result.r2 = queue.poll() instanceof QueuedEntry entry ? entry.frame[0] : 0;
        }
    }

    /** A message that expires while its last stream takes it stops counting once. */
    @JCStressTest
    @Outcome(id = "0", expect = ACCEPTABLE, desc = "nothing is queued")
    @Outcome(expect = FORBIDDEN, desc = "counted for good, or taken back twice")
    @State
    public static class ExpiredWhileTaken {
        private final Channel channel = new Channel("default", 4);
        private final QueuedEntry entry = new QueuedEntry(channel, Samples.record(5), new byte[1], 1);

        @Actor
        public void oneFanOutThread() {
            entry.taken(1);
        }

        @Actor
        public void another() {
            entry.expire();
        }

        @Arbiter
        public void queued(I_Result result) {
            result.r1 = channel.queued();
        }
    }
}
