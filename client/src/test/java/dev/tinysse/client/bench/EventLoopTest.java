package dev.tinysse.client.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.nio.channels.SelectionKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventLoopTest {
    private static final long WAIT = Duration.ofSeconds(10).toNanos();

    @Test
    void shouldNotCallTheHandlerOfAChannelThatAnotherOneHasClosed() throws IOException {
        List<String> handled = new ArrayList<>();
        Pipe first = Pipe.open();
        Pipe second = Pipe.open();
        try (EventLoop loop = new EventLoop()) {
            for (Pipe pipe : List.of(first, second)) {
                pipe.source().configureBlocking(false);
                pipe.sink().write(ByteBuffer.wrap(new byte[1]));
                EventLoop.handle(loop.register(pipe.source(), SelectionKey.OP_READ), key -> {
                    handled.add(key.isReadable() ? "readable" : "");
                    close(first);
                    close(second);
                });
            }
            loop.await(WAIT);
        }
        assertEquals(List.of("readable"), handled);
    }

    @Test
    void shouldActBehindEachHandler() throws IOException {
        List<String> done = new ArrayList<>();
        Pipe pipe = Pipe.open();
        try (EventLoop loop = new EventLoop()) {
            pipe.source().configureBlocking(false);
            pipe.sink().write(ByteBuffer.wrap(new byte[1]));
            loop.afterEach(() -> done.add("after"));
            EventLoop.handle(loop.register(pipe.source(), SelectionKey.OP_READ), key -> done.add("handler"));
            loop.await(WAIT);
        }
        assertEquals(List.of("handler", "after"), done);
    }

    private static void close(Pipe pipe) {
        try {
            pipe.source().close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
