package dev.tinysse.server.transport.threads;

import java.io.IOException;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.function.Supplier;

/** A connection's virtual thread that blocks in a selector of its own. For that thread alone, but for {@link #start} and {@link #closed}. */
final class JdkThread implements ConnectionThread {
    private final SocketChannel channel;
    private final Selector selector;

    JdkThread(SocketChannel channel) throws IOException {
        this.channel = channel;
        channel.configureBlocking(false);
        selector = Selector.open();
    }

    @Override
    public void start(Runnable task) {
        Thread.ofVirtual().name("tinysse-http").start(task);
    }

    @Override
    public void awaitRequest() throws IOException {
        await(SelectionKey.OP_READ);
    }

    @Override
    public void await(int operation) throws IOException {
        try {
            channel.register(selector, operation);
            do {
                selector.selectedKeys().clear();
                selector.select();
                requireOpen();
            } while (selector.selectedKeys().isEmpty());
        } catch (ClosedSelectorException | CancelledKeyException e) {
            throw new ClosedChannelException();
        }
    }

    private void requireOpen() throws IOException {
        if (!channel.isOpen()) {
            throw new ClosedChannelException();
        }
        if (Thread.currentThread().isInterrupted()) {
            channel.close();
            throw new ClosedByInterruptException();
        }
    }

    @Override
    public void leaveLoop() {
        // it is on none
    }

    @Override
    public <T> T stayOnLoop(Supplier<T> step) {
        return step.get();
    }

    @Override
    public void letOthersRun() {
        // they do
    }

    @Override
    public void release() {
        close();
    }

    @Override
    public void closed() {
        close();
    }

    /** A channel is not closed before its selector has let go of it. */
    private void close() {
        try {
            selector.close();
        } catch (IOException e) {
            // nobody waits for it
        }
    }
}
