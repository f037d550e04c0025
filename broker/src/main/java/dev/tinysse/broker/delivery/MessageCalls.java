package dev.tinysse.broker.delivery;

import dev.tinysse.api.Message;
import dev.tinysse.broker.dispatch.Entry;
import dev.tinysse.broker.hooks.HookCalls;
import dev.tinysse.broker.stream.StreamFormat;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import org.jspecify.annotations.Nullable;

/**
 * Asks the {@code message} hook about a run of a {@link MessageBatch}, one message after the other, on a virtual thread. When a
 * call is about to wait, another thread continues with the other streams of the batch, and the waiting one ends with the calls for
 * its own stream, whose messages are all that it keeps hold of.
 */
public final class MessageCalls implements Runnable {
    private static final Logger LOG = System.getLogger("tinysse");
    private static final int CHUNK = 128;
    private static final ThreadLocal<MessageCalls> CURRENT = new ThreadLocal<>();

    /** The parts that all calls of a delivery thread's subscribers share. */
    record Shared(HookCalls hooks, StreamFormat format, FrameBudget budget, Mailbox mailbox) {}

    private final Shared shared;
    private MessageBatch batch;
    /** The first message that has not been reported. */
    private int reported;
    private int current;
    private int next;
    private int end;
    /** Whether the last stream of the batch is among those that are left. */
    private boolean last;
    /** Whether the hooks have made any call since they were last asked to. */
    private boolean asked;
    /** Bytes that were made and not reported yet. */
    private long made;

    MessageCalls(Shared shared, MessageBatch batch) {
        this(shared, batch, 0);
    }

    private MessageCalls(Shared shared, MessageBatch batch, int from) {
        this.shared = shared;
        this.batch = batch;
        this.reported = from;
        this.next = from;
        this.end = batch.size();
        this.last = true;
    }

    /** Says that the call on this thread is going to wait. Does nothing on a thread that makes no such call. */
    public static void aboutToWait() {
        MessageCalls calls = CURRENT.get();
        if (calls != null) {
            calls.handOver();
        }
    }

    void start() {
        Thread.ofVirtual().name("tinysse-message").start(this);
    }

    @Override
    public void run() {
        CURRENT.set(this);
        try {
            while (next < end) {
                shared.budget.awaitRoom();
                askSome();
            }
        } catch (Throwable e) {
            LOG.log(Level.ERROR, "message hook calls failed, deliveries skipped: " + e, e);
            next = end;
            report(end);
        }
    }

    private void askSome() {
        asked = false;
        shared.hooks.batch(this::chunk);
        if (!asked) {
            next = end; // the hooks refuse to be called: there is nothing to send to anybody
        }
        report(next);
    }

    private void chunk() {
        asked = true;
        int calls = 0;
        while (next < end && (calls++ < CHUNK || batch.subscriber(next) == batch.subscriber(current))) {
            current = next++;
            Entry entry = batch.entry(current);
            Subscriber subscriber = batch.subscriber(current);
            byte[] shareable = entry.frame(subscriber.isInEnvelopes(), shared.format);
            byte[] frame = call(entry, subscriber, shareable);
            batch.result(current, frame, frame == shareable);
            if (frame != null && frame != shareable) {
                count(frame.length);
            }
        }
    }

    private byte @Nullable [] call(Entry entry, Subscriber subscriber, byte[] unchanged) {
        if (entry.notice) {
            return unchanged;
        }
        Message message = shared.hooks.message(entry.publication, subscriber.subscription());
        if (message == entry.publication.message()) {
            return unchanged;
        }
        if (message.isEmpty()) {
            return null;
        }
        Message sent = message.id().isEmpty() && entry.id.isPresent() ? withId(message, entry) : message;
        return subscriber.isInEnvelopes()
                ? shared.format.envelope(entry.publication.channel(), sent)
                : shared.format.message(sent);
    }

    /** With history every message has an id, or its client could not resume from it. */
    private static Message withId(Message message, Entry entry) {
        Message.Builder changed = Message.builder().comments(message.comments());
        entry.id.ifPresent(changed::id);
        message.event().ifPresent(changed::event);
        message.data().ifPresent(changed::data);
        return changed.build();
    }

    /** Waits while there are too many frames: under the hooks' lock, so that no other call makes more meanwhile. */
    private void count(int length) {
        shared.budget.add(length);
        made += length;
        if (made >= shared.budget.part() || shared.budget.isFull()) {
            report(next);
            shared.budget.awaitRoom();
        }
    }

    private void handOver() {
        int streamEnd = batch.end(current);
        boolean others = streamEnd < end;
        if (!others && last) {
            report(current, true);
            last = false;
        } else {
            report(current);
        }
        if (batch.size() > streamEnd - current) {
            MessageCalls rest = new MessageCalls(shared, batch, streamEnd);
            keepOnly(streamEnd);
            if (others) {
                rest.start();
            }
        }
    }

    /** Drops the other streams, so that a long wait does not hold all their messages in memory. */
    private void keepOnly(int streamEnd) {
        batch = batch.copy(current, streamEnd);
        end = streamEnd - current;
        reported = 0;
        current = 0;
        next = 1;
        last = false;
    }

    private void report(int to) {
        report(to, last && to == end);
    }

    private void report(int to, boolean lastOfBatch) {
        if (to > reported || lastOfBatch) {
            shared.mailbox.post(new DeliveryTask.Decided(batch, reported, to, lastOfBatch, made));
            reported = to;
            made = 0;
        }
    }
}
