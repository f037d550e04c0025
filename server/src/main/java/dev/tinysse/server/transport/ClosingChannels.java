package dev.tinysse.server.transport;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.tinysse.broker.stream.StreamChannel;
import dev.tinysse.server.proxies.Peer;
import dev.tinysse.server.requests.CompletedRequest;
import dev.tinysse.server.requests.RequestHead;
import dev.tinysse.server.requests.RequestListener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Closes channels so that their clients receive the last response: a channel that is closed while it has unread bytes is reset,
 * and what was written is lost. One thread does that for all, and holds next to nothing for each. {@link #refuse},
 * {@link #take} and {@link #linger} are for any thread, {@link #step} for that one.
 */
final class ClosingChannels implements ReturnedChannels, AutoCloseable {
    private static final long LINGER_NANOS = TimeUnit.SECONDS.toNanos(2);
    private static final int LINGER_BYTES = 4 * 1024 * 1024;
    private static final long SWEEP_MILLIS = 200;
    private static final int OK = 200;
    private static final int UNAVAILABLE = 503;

    private final Selector selector;
    private final RefusedResponses responses;
    private final RequestListener refusals;
    private final long maxChannels;
    private final Queue<Closing> arriving = new ConcurrentLinkedQueue<>();
    private final AtomicLong channels = new AtomicLong();
    private final ByteBuffer received = ByteBuffer.allocateDirect(16 * 1024);
    private long nextSweep = System.nanoTime();

    private static final class Closing {
        final SocketChannel channel;
        final long deadline = System.nanoTime() + LINGER_NANOS;
        /** Whether the client has yet to receive its rejection. */
        boolean refused;
        int ignored;

        Closing(SocketChannel channel, boolean refused) {
            this.channel = channel;
            this.refused = refused;
        }
    }

    /**
     * Nothing to close yet.
     *
     * @param responses for refused clients
     * @param refusals observes each of them
     * @param maxChannels at the same time; more are closed at once
     */
    ClosingChannels(RefusedResponses responses, RequestListener refusals, long maxChannels) {
        this.responses = responses;
        this.refusals = refusals;
        this.maxChannels = maxChannels;
        try {
            this.selector = Selector.open();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends a client, of whose request nothing has been read, the response that there is no connection for it, and closes. */
    void refuse(SocketChannel channel) {
        add(new Closing(channel, true));
    }

    @Override
    public void take(StreamChannel channel, ByteBuffer ignored) {
        linger(channel);
    }

    /** Ends the output, and closes when the client has closed. */
    void linger(StreamChannel channel) {
        try {
            channel.socket().configureBlocking(false);
            channel.endOutput();
            add(new Closing(channel.socket(), false));
        } catch (IOException | RuntimeException e) {
            close(channel.socket()); // the client has gone
        }
    }

    private void add(Closing closing) {
        if (channels.incrementAndGet() > maxChannels) {
            end(closing);
            return;
        }
        arriving.add(closing);
        selector.wakeup();
    }

    /** Waits for something to do, for a moment at most, and does it. */
    void step() throws IOException {
        selector.select(SWEEP_MILLIS);
        for (Closing closing = arriving.poll(); closing != null; closing = arriving.poll()) {
            begin(closing);
        }
        long now = System.nanoTime();
        selector.selectedKeys().forEach(key -> serve((Closing) key.attachment(), now));
        selector.selectedKeys().clear();
        if (now - nextSweep >= 0) {
            nextSweep = now + TimeUnit.MILLISECONDS.toNanos(SWEEP_MILLIS);
            selector.keys().forEach(key -> serve((Closing) key.attachment(), now));
        }
    }

    private void begin(Closing closing) {
        try {
            closing.channel.configureBlocking(false).register(selector, SelectionKey.OP_READ, closing);
        } catch (IOException | RuntimeException e) {
            end(closing);
        }
    }

    private void serve(Closing closing, long now) {
        try {
            boolean late = now - closing.deadline >= 0;
            int length = closing.channel.read(received.clear());
            closing.ignored += Math.max(0, length);
            if (closing.refused && (length > 0 || late)) {
                closing.refused = false;
                respond(closing.channel, text());
                closing.channel.shutdownOutput();
            }
            if (length < 0 || late || closing.ignored > LINGER_BYTES) {
                end(closing);
            }
        } catch (IOException e) {
            end(closing); // the client has gone
        }
    }

    private void respond(SocketChannel channel, String request) throws IOException {
        boolean stream = responses.wantsStream(request);
        ByteBuffer response = stream ? responses.stream() : responses.unavailable();
        String line = request.lines().findFirst().orElse("");
        Peer peer = Peer.of(channel.getRemoteAddress());
        refusals.completed(new CompletedRequest(RequestHead.refused(peer.host() + ":" + peer.port(), line),
                stream ? OK : UNAVAILABLE, 0, response.remaining(), Optional.empty()));
        channel.write(response);
    }

    private String text() {
        byte[] bytes = new byte[received.flip().remaining()];
        received.get(bytes);
        return new String(bytes, US_ASCII);
    }

    private void end(Closing closing) {
        if (closing.channel.isOpen()) {
            channels.decrementAndGet();
            close(closing.channel);
        }
    }

    private static void close(SocketChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            // nothing is left to do, whether it closed or not
        }
    }

    @Override
    public void close() {
        try {
            for (SelectionKey key : selector.keys()) {
                key.channel().close();
            }
            selector.close();
        } catch (IOException e) {
            // nobody waits for it
        }
    }
}
