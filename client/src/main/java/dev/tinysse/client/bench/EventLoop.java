package dev.tinysse.client.bench;

import java.io.IOException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.function.Consumer;

/**
 * Waits for all connections of a run, and has each read or written when it is ready. For one thread: a load generator that needs no
 * more leaves the other processors to the server.
 */
final class EventLoop implements AutoCloseable {
    private static final long MILLI = 1_000_000;
    /** A thread that sleeps wakes up late, so the last part of a wait is without sleep. */
    private static final long AWAKE_NANOS = 2 * MILLI;
    private final Selector selector;
    private final Consumer<SelectionKey> dispatch = this::dispatch;
    private Runnable afterEach = () -> {};

    /** The handler of a connection that is ready. */
    @FunctionalInterface
    interface Handler {
        /** Reads, writes, or finishes to connect. */
        void ready(SelectionKey key);
    }

    EventLoop() throws IOException {
        selector = Selector.open();
    }

    /** Has the loop wait for a channel, which does not block, to be ready for one of these operations. */
    SelectionKey register(SelectableChannel channel, int operations) throws IOException {
        return channel.register(selector, operations);
    }

    /** Says who handles a channel that is registered; before the next {@link #await}. */
    static void handle(SelectionKey key, Handler handler) {
        key.attach(handler);
    }

    /** The work behind each handler, since many connections may be ready at once. */
    void afterEach(Runnable action) {
        afterEach = action;
    }

    /** Waits until a connection is ready, or for so long, and calls the handlers of all that are. */
    void await(long nanos) throws IOException {
        if (nanos > AWAKE_NANOS) {
            selector.select(dispatch, nanos / MILLI - 1);
        } else {
            selector.selectNow(dispatch);
        }
    }

    private void dispatch(SelectionKey key) {
        if (key.isValid()) { // a handler before may have closed the channel
            ((Handler) key.attachment()).ready(key);
            afterEach.run();
        }
    }

    /** Closes all connections. */
    @Override
    public void close() throws IOException {
        for (SelectionKey key : selector.keys()) {
            key.channel().close();
        }
        selector.close();
    }
}
