package dev.tinysse.client.bench;

import dev.tinysse.client.cli.FailedException;
import dev.tinysse.client.cli.Shown;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.function.LongConsumer;

/**
 * Many streams, which are read by one thread. It counts what comes; other threads may ask {@link #deliveries} at any time, and for
 * the latencies once {@link #run} has ended.
 */
final class Streams implements Runnable {
    private static final int BUFFER = 256 * 1024;
    private static final int CONNECTING_AT_ONCE = 200;
    private static final int READS_A_TIME = 512;
    private static final long SECOND_MILLIS = 1000;
    /** How long the server may take to open none of the streams that it is asked for. */
    private static final long PATIENCE_NANOS = 30_000_000_000L;

    private final InetSocketAddress server;
    private final byte[] request;
    private final byte[] pattern;
    private final Selector selector;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER);
    private final byte[] bytes = new byte[BUFFER];
    private final Histogram latencies = new Histogram();
    private final LongConsumer found = this::count;
    private Schedule schedule = new Schedule(0, 1);
    private long now;
    private int readsAtThisTime;
    private int opened;
    private int closed;
    private volatile String failure = "";
    private long counted;
    private long lastDelivery;
    private volatile long deliveries;
    private volatile int open;
    private volatile boolean ended;

    Streams(InetSocketAddress server, byte[] request, byte[] pattern) throws IOException {
        this.server = server;
        this.request = request;
        this.pattern = pattern;
        selector = Selector.open();
    }

    /** Opens so many streams, and returns when the first bytes of each are there. */
    void open(int count) throws FailedException {
        int asked = 0;
        long progress = System.nanoTime();
        try {
            while (opened < count) {
                while (asked < count && asked - opened < CONNECTING_AT_ONCE) {
                    connect();
                    asked++;
                }
                int before = opened;
                select();
                if (!failure.isEmpty()) {
                    throw new IOException(failure);
                }
                progress = opened > before ? System.nanoTime() : progress;
                if (System.nanoTime() - progress > PATIENCE_NANOS) {
                    throw new IOException("the server does not respond");
                }
            }
        } catch (IOException e) {
            throw new FailedException(
                    "stream %d of %d could not be opened: %s".formatted(opened + 1, count, Shown.reason(e)));
        }
    }

    private void select() throws IOException {
        readsAtThisTime = 0;
        selector.select(this::ready, SECOND_MILLIS);
        deliveries = counted;
        open = opened - closed;
    }

    private void connect() throws IOException {
        SocketChannel channel = SocketChannel.open();
        channel.configureBlocking(false);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        boolean connected = channel.connect(server);
        SelectionKey key = channel.register(selector, SelectionKey.OP_CONNECT,
                new StreamBody(new EventScanner(pattern)));
        if (connected) {
            ask(key);
        }
    }

    private void ask(SelectionKey key) throws IOException {
        key.interestOps(SelectionKey.OP_READ);
        ((SocketChannel) key.channel()).write(ByteBuffer.wrap(request)); // a new connection takes it whole
    }

    /** From now on messages are of this schedule. Before {@link #run}. */
    void expect(Schedule schedule) {
        this.schedule = schedule;
    }

    /** Reads until it is told to {@link #end}. */
    @Override
    public void run() {
        try {
            while (!ended) {
                select();
            }
            for (SelectionKey key : selector.keys()) {
                key.channel().close();
            }
            selector.close();
        } catch (IOException e) {
            failure = Shown.reason(e);
        }
    }

    private void ready(SelectionKey key) {
        StreamBody body = (StreamBody) key.attachment();
        try {
            if (key.isConnectable()) {
                ((SocketChannel) key.channel()).finishConnect();
                ask(key);
            } else {
                read((SocketChannel) key.channel(), body);
            }
        } catch (IOException e) {
            failure = Shown.reason(e);
            close(key, body);
        }
    }

    private void close(SelectionKey key, StreamBody body) {
        closed += body.hasBegun() ? 1 : 0;
        try {
            key.channel().close();
        } catch (IOException e) {
            failure = Shown.reason(e);
        }
    }

    private void read(SocketChannel channel, StreamBody body) throws IOException {
        boolean begun = body.hasBegun();
        buffer.clear();
        int count = channel.read(buffer);
        if (count < 0) {
            throw new IOException("the server has ended a stream");
        }
        tick();
        buffer.flip().get(bytes, 0, count);
        body.accept(bytes, count, found);
        if (!begun && body.hasBegun()) {
            opened++;
        }
    }

    /** What one call of select has found arrived at about one time, and is read one after the other. */
    private void tick() {
        if (readsAtThisTime++ % READS_A_TIME == 0) {
            now = System.nanoTime();
        }
    }

    private void count(long number) {
        counted++;
        lastDelivery = now;
        latencies.add(now - schedule.due(number));
    }

    long deliveries() {
        return deliveries;
    }

    /** When the last message came; before {@link #run} has ended it may be older. */
    long lastDelivery() {
        return lastDelivery;
    }

    /** How many streams are open. */
    int openStreams() {
        return open;
    }

    /** Why a stream has ended, if one has. */
    String failure() {
        return failure;
    }

    Histogram latencies() {
        return latencies;
    }

    void end() {
        ended = true;
        selector.wakeup();
    }
}
