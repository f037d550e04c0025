package dev.tinysse.client.bench;

import dev.tinysse.cli.FailedException;
import dev.tinysse.cli.Shown;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.function.LongConsumer;

/**
 * Many streams, and the count of what comes on them. For the thread of the event loop; others may ask {@link #deliveries} at any
 * time.
 */
final class Streams {
    private static final int BUFFER = 256 * 1024;
    private static final int CONNECTING_AT_ONCE = 200;
    private static final int READS_A_TIME = 512;
    private static final long SECOND_NANOS = 1_000_000_000;
    /** The time after which the server must have opened a further stream. */
    private static final long PATIENCE_NANOS = 30 * SECOND_NANOS;

    private final EventLoop loop;
    private final InetSocketAddress server;
    private final byte[] request;
    private final byte[] pattern;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER);
    private final byte[] bytes = new byte[BUFFER];
    private final Histogram latencies = new Histogram();
    private final LongConsumer found = this::count;
    private Schedule schedule = new Schedule(0, 1);
    private long now;
    private int readsAtThisTime;
    private int opened;
    private int closed;
    private String failure = "";
    private long counted;
    private long lastDelivery;
    private volatile long deliveries;

    Streams(EventLoop loop, InetSocketAddress server, byte[] request, byte[] pattern) {
        this.loop = loop;
        this.server = server;
        this.request = request;
        this.pattern = pattern;
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
                await(SECOND_NANOS);
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

    /** One turn of the event loop, see {@link EventLoop#await}. */
    void await(long nanos) throws IOException {
        readsAtThisTime = 0;
        loop.await(nanos);
        deliveries = counted;
    }

    private void connect() throws IOException {
        SocketChannel channel = SocketChannel.open();
        channel.configureBlocking(false);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.connect(server);
        StreamBody body = new StreamBody(new EventScanner(pattern));
        EventLoop.handle(loop.register(channel, SelectionKey.OP_CONNECT), key -> ready(key, body));
    }

    /** From now on messages are of this schedule. */
    void expect(Schedule schedule) {
        this.schedule = schedule;
    }

    private void ready(SelectionKey key, StreamBody body) {
        SocketChannel channel = (SocketChannel) key.channel();
        try {
            if (key.isConnectable()) {
                channel.finishConnect();
                key.interestOps(SelectionKey.OP_READ);
                channel.write(ByteBuffer.wrap(request)); // a new connection takes it whole
            } else {
                read(channel, body);
            }
        } catch (IOException e) {
            failure = Shown.reason(e);
            close(channel, body);
        }
    }

    private void close(SocketChannel channel, StreamBody body) {
        closed += body.hasBegun() ? 1 : 0;
        try {
            channel.close();
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

    /** The data of one turn of the loop, which arrived at about one time, and is read one after the other. */
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

    /** How many messages have come, those of the turn that is under way not counted. */
    long deliveries() {
        return deliveries;
    }

    /** When the last message came. */
    long lastDelivery() {
        return lastDelivery;
    }

    /** How many streams are open. */
    int openStreams() {
        return opened - closed;
    }

    /** Why a stream has ended; empty if none has. */
    String failure() {
        return failure;
    }

    Histogram latencies() {
        return latencies;
    }
}
