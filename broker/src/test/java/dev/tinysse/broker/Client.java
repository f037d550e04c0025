package dev.tinysse.broker;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tinysse.api.GapReason;
import dev.tinysse.api.Message;
import dev.tinysse.broker.stream.StreamChannel;
import dev.tinysse.broker.stream.StreamOwner;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** The far end of a stream, which reads when the test wants it to, and the owner who hears how the stream ended. */
final class Client implements StreamOwner, AutoCloseable {
    static final String CLOSED = "closed";
    static final String RELEASED = "released";
    private static final int PATIENCE_MILLIS = 20_000;

    final SocketChannel channel;
    private final CompletableFuture<String> end = new CompletableFuture<>();
    private final BufferedReader reader;
    @SuppressWarnings("NullAway.Init") // set before the client is used
    private OpenStream stream;
    @SuppressWarnings("NullAway.Init") // set before the end is completed
    private volatile ByteBuffer received;

    Client(SocketChannel channel) throws IOException {
        this.channel = channel;
        channel.socket().setSoTimeout(PATIENCE_MILLIS);
        this.reader = new BufferedReader(new InputStreamReader(channel.socket().getInputStream(), UTF_8), 64 * 1024);
    }

    void opened(OpenStream opened) {
        stream = opened;
    }

    /** Starts live delivery, after this replay. */
    Client goLive(Message... replay) {
        stream.goLive(List.of(replay));
        return this;
    }

    /** Starts live delivery, after what history has for the client. */
    Client replay() {
        stream.replay();
        return this;
    }

    Optional<GapReason> gap() {
        return stream.gap();
    }

    /** The next line, or null at the end of the stream. */
    String line() {
        try {
            return reader.readLine();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<String> lines(int count) {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            lines.add(line());
        }
        return lines;
    }

    /** All lines up to this one, which is not among them. */
    List<String> linesUntil(String last) {
        List<String> lines = new ArrayList<>();
        for (String line = line(); !last.equals(line); line = line()) {
            if (line == null) {
                throw new AssertionError("the stream ended before " + last + ", behind " + lines.size() + " lines");
            }
            lines.add(line);
        }
        return lines;
    }

    /** Reads up to the first of these characters, and no further than the buffer takes. */
    void readUntil(char last) throws IOException {
        for (int c = reader.read(); c != last; c = reader.read()) {
            if (c < 0) {
                throw new EOFException("the stream has ended before " + last);
            }
        }
    }

    void send(String text) throws IOException {
        channel.write(ByteBuffer.wrap(text.getBytes(UTF_8)));
    }

    /** Goes away with a RST, as a process does that is killed with unread bytes. */
    void reset() throws IOException {
        channel.setOption(StandardSocketOptions.SO_LINGER, 0);
        channel.close();
    }

    /** How the stream ended, once it has. */
    String end() {
        return end.orTimeout(PATIENCE_MILLIS, TimeUnit.MILLISECONDS).join();
    }

    boolean hasEnded() {
        return end.isDone();
    }

    /** The state of the client when it gave the channel back. */
    String received() {
        return UTF_8.decode(received).toString();
    }

    @Override
    public void closed() {
        tell(CLOSED);
    }

    @Override
    public void channelReturned(StreamChannel serverSide, ByteBuffer early) {
        received = early;
        tell(RELEASED);
        try {
            serverSide.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void tell(String how) {
        if (!end.complete(how)) {
            throw new IllegalStateException("told of the end twice");
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
