package dev.tinysse.client.bench;

import dev.tinysse.cli.Shown;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.LongFunction;

/**
 * Publishes at a fixed rate over several connections, without waiting for responses as long as one of them is free. For the thread
 * of the event loop; others may ask {@link #accepted} at any time.
 */
final class Publishers {
    /** Between two attempts to connect to a server that is away. */
    private static final long PAUSE_NANOS = 100_000_000;

    private final EventLoop loop;
    private final InetSocketAddress server;
    private final LongFunction<byte[]> requests;
    /** The one that was used last comes first: where few are needed, the server may close the others. */
    private final Deque<PublisherConnection> idle = new ArrayDeque<>();
    private final int connections;
    private int connected;
    private long nextAttempt = System.nanoTime();
    private Schedule schedule = new Schedule(0, 1);
    private long messages;
    private long begun;
    private long responses;
    private long failed;
    private Optional<String> firstFailure = Optional.empty();
    private long taken;
    private volatile long accepted;

    /**
     * Publishers that are connected.
     *
     * @param requests gives the request of each message, by its number
     */
    Publishers(EventLoop loop, InetSocketAddress server, LongFunction<byte[]> requests, int connections)
            throws IOException {
        this.loop = loop;
        this.server = server;
        this.requests = requests;
        this.connections = connections;
        for (int i = 0; i < connections; i++) {
            idle.push(connect());
        }
    }

    private PublisherConnection connect() throws IOException {
        SocketChannel channel = SocketChannel.open(server);
        channel.configureBlocking(false);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        SelectionKey registered = loop.register(channel, SelectionKey.OP_READ);
        PublisherConnection connection = new PublisherConnection(channel, registered);
        EventLoop.handle(registered, key -> ready(key, connection));
        connected++;
        return connection;
    }

    /** From now on {@link #publish} sends the messages of this schedule. */
    void begin(Schedule schedule, long messages) {
        this.schedule = schedule;
        this.messages = messages;
    }

    /** Sends the messages that are due, as far as connections are free. */
    void publish() {
        while (begun < messages && !idle.isEmpty() && schedule.due(begun) - System.nanoTime() <= 0) {
            send(idle.pop());
        }
    }

    /** For how many nanoseconds no message is to be sent; at most 100 ms. */
    long untilNext() {
        if (begun == messages || idle.isEmpty()) {
            return PAUSE_NANOS;
        }
        return Math.min(schedule.due(begun) - System.nanoTime(), PAUSE_NANOS);
    }

    /** Replaces connections that the server has broken and then refused. */
    void reconnect() {
        if (connected == connections || System.nanoTime() - nextAttempt < 0) {
            return;
        }
        nextAttempt = System.nanoTime() + PAUSE_NANOS;
        try {
            while (connected < connections) {
                idle.push(connect());
            }
        } catch (IOException e) {
            fail(Shown.reason(e));
        }
    }

    private void send(PublisherConnection connection) {
        long number = begun++;
        try {
            connection.send(requests.apply(number));
        } catch (IOException e) {
            broken(connection, true, e);
        }
    }

    private void ready(SelectionKey key, PublisherConnection connection) {
        boolean isIdle = idle.contains(connection);
        try {
            if (key.isWritable()) {
                connection.proceed();
            }
            if (!key.isReadable() || !connection.read()) {
                return;
            }
            responses++;
            if (connection.isAccepted()) {
                accepted = ++taken;
            } else {
                fail(connection.text().lines().findFirst().orElse(""));
            }
            if (connection.isLast()) {
                close(connection);
                idle.push(connect());
            } else {
                idle.push(connection);
            }
        } catch (IOException e) {
            broken(connection, !isIdle, e);
        }
    }

    /** Nobody knows whether the message was published; it does not count, and others take its place. */
    private void broken(PublisherConnection connection, boolean busy, IOException cause) {
        idle.remove(connection);
        if (busy) {
            failed++;
            fail(Shown.reason(cause));
        }
        try {
            close(connection);
            idle.push(connect());
        } catch (IOException e) {
            fail(Shown.reason(e));
        }
    }

    private void close(PublisherConnection connection) throws IOException {
        connected--;
        connection.close();
    }

    private void fail(String why) {
        firstFailure = firstFailure.isPresent() ? firstFailure : Optional.of(why);
    }

    /** Whether all messages are sent, and each has its response or has failed. */
    boolean areDone() {
        return begun == messages && responses + failed == begun;
    }

    long accepted() {
        return accepted;
    }

    /** How many messages were not taken or sent, or may not have been. */
    long refused() {
        return messages - accepted;
    }

    Optional<String> firstFailure() {
        return firstFailure;
    }
}
