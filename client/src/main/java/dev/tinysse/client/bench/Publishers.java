package dev.tinysse.client.bench;

import dev.tinysse.client.cli.FailedException;
import dev.tinysse.client.cli.Shown;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.LongFunction;

/**
 * Publishes at a fixed rate over several connections, without waiting for responses as long as one of them is free. Used by one
 * thread; others may ask {@link #accepted} at any time.
 */
final class Publishers {
    private static final long SPIN_NANOS = 100_000;
    private static final long MILLI = 1_000_000;
    private static final Duration FOR_LAST_RESPONSES = Duration.ofSeconds(10);
    /** Between two attempts to connect to a server that is away. */
    private static final long PAUSE_NANOS = 100 * MILLI;

    private final InetSocketAddress server;
    private final LongFunction<byte[]> requests;
    private final Selector selector;
    /** The one that was used last comes first: where few are needed, the server may close the others. */
    private final Deque<PublisherConnection> idle = new ArrayDeque<>();
    private final int connections;
    private int connected;
    private long nextAttempt;
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
    Publishers(InetSocketAddress server, LongFunction<byte[]> requests, int connections) throws IOException {
        this.server = server;
        this.requests = requests;
        this.connections = connections;
        selector = Selector.open();
        for (int i = 0; i < connections; i++) {
            idle.push(connect());
        }
    }

    private PublisherConnection connect() throws IOException {
        SocketChannel channel = SocketChannel.open(server);
        channel.configureBlocking(false);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        SelectionKey key = channel.register(selector, SelectionKey.OP_READ);
        PublisherConnection connection = new PublisherConnection(channel, key);
        key.attach(connection);
        connected++;
        return connection;
    }

    /**
     * Publishes, and waits for the last responses. What cannot be sent within their time, since the server is away, is not sent.
     *
     * @param messages how many
     * @param goOn whether somebody still waits for messages
     * @throws FailedException if the first message is refused, or the server is away
     */
    void publish(Schedule schedule, long messages, BooleanSupplier goOn) throws FailedException {
        this.messages = messages;
        long last = schedule.due(messages) + FOR_LAST_RESPONSES.toNanos();
        try {
            while (begun < messages && goOn.getAsBoolean() && System.nanoTime() - last < 0) {
                reconnect();
                long wait = schedule.due(begun) - System.nanoTime();
                if (wait <= 0 && !idle.isEmpty()) {
                    send(idle.pop());
                } else if (wait > 2 * MILLI || wait <= 0) {
                    selector.select(this::ready, Math.max(1, Math.min(wait, PAUSE_NANOS) / MILLI - 1));
                } else {
                    selector.selectNow(this::ready);
                    LockSupport.parkNanos(Math.min(wait, SPIN_NANOS));
                }
                if (accepted == 0 && firstFailure.isPresent()) {
                    throw new FailedException("the server takes no message: " + firstFailure.get());
                }
            }
            long end = System.nanoTime() + FOR_LAST_RESPONSES.toNanos();
            while (responses + failed < begun && goOn.getAsBoolean() && System.nanoTime() - end < 0) {
                selector.select(this::ready, 100);
            }
            close();
        } catch (IOException e) {
            throw new FailedException("cannot publish: " + Shown.reason(e));
        }
    }

    /** Replaces connections that the server has broken and then refused. */
    private void reconnect() {
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

    private void close() throws IOException {
        for (SelectionKey key : selector.keys()) {
            key.channel().close();
        }
        selector.close();
    }

    private void send(PublisherConnection connection) throws IOException {
        long number = begun++;
        try {
            connection.send(requests.apply(number));
        } catch (IOException e) {
            broken(connection, true, e);
        }
    }

    private void ready(SelectionKey key) {
        PublisherConnection connection = (PublisherConnection) key.attachment();
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
