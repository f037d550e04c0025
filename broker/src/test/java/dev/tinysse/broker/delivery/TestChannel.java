package dev.tinysse.broker.delivery;

import java.io.ByteArrayOutputStream;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.Set;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A channel that takes as much of each write as the test says, and keeps what it took. What a stream's writer has no business
 * with, such as to connect or to read, fails.
 */
final class TestChannel extends SocketChannel {
    private final IntUnaryOperator takes;
    private final ByteArrayOutputStream taken = new ByteArrayOutputStream();
    private int writes;

    /** Takes of so many bytes so many. */
    TestChannel(IntUnaryOperator takes) {
        super(null);
        this.takes = takes;
    }

    byte[] taken() {
        return taken.toByteArray();
    }

    int writes() {
        return writes;
    }

    @Override
    public int write(ByteBuffer bytes) {
        writes++;
        byte[] part = new byte[takes.applyAsInt(bytes.remaining())];
        bytes.get(part);
        taken.writeBytes(part);
        return part.length;
    }

    @Override
    public long write(ByteBuffer[] bytes, int offset, int length) {
        throw new UnsupportedOperationException();
    }

    @Override
    public int read(ByteBuffer bytes) {
        return 0;
    }

    @Override
    public long read(ByteBuffer[] bytes, int offset, int length) {
        return 0;
    }

    @Override
    public SocketChannel bind(SocketAddress local) {
        throw new UnsupportedOperationException();
    }

    @Override
    public <T> SocketChannel setOption(SocketOption<T> name, T value) {
        throw new UnsupportedOperationException();
    }

    @Override
    public <T> T getOption(SocketOption<T> name) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Set<SocketOption<?>> supportedOptions() {
        return Set.of();
    }

    @Override
    public SocketChannel shutdownInput() {
        return this;
    }

    @Override
    public SocketChannel shutdownOutput() {
        return this;
    }

    @Override
    public Socket socket() {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean isConnected() {
        return true;
    }

    @Override
    public boolean isConnectionPending() {
        return false;
    }

    @Override
    public boolean connect(SocketAddress remote) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean finishConnect() {
        return true;
    }

    @Override
    public @Nullable SocketAddress getRemoteAddress() {
        return null;
    }

    @Override
    public @Nullable SocketAddress getLocalAddress() {
        return null;
    }

    @Override
    protected void implCloseSelectableChannel() {
        // nothing is open
    }

    @Override
    protected void implConfigureBlocking(boolean block) {
        // it never blocks
    }
}
