package dev.tinysse.broker.delivery;

import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;

/** A key of no selector, which remembers what its stream waits for. */
final class TestKey extends SelectionKey {
    private final SelectableChannel channel;
    private int interest = OP_READ;
    private boolean cancelled;

    TestKey(SelectableChannel channel) {
        this.channel = channel;
    }

    @Override
    public SelectableChannel channel() {
        return channel;
    }

    @Override
    public Selector selector() {
        throw new UnsupportedOperationException();
    }

    @Override
    public int interestOps() {
        return interest;
    }

    @Override
    public SelectionKey interestOps(int ops) {
        interest = ops;
        return this;
    }

    @Override
    public int readyOps() {
        return 0;
    }

    @Override
    public boolean isValid() {
        return !cancelled;
    }

    @Override
    public void cancel() {
        cancelled = true;
    }
}
