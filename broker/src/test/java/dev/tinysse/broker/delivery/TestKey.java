package dev.tinysse.broker.delivery;

import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.spi.AbstractSelectionKey;

/** A key of no selector, which remembers what its stream waits for. */
final class TestKey extends AbstractSelectionKey {
    private final SelectableChannel channel;
    private int interest = SelectionKey.OP_READ;

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
}
