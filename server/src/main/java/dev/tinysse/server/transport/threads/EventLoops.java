package dev.tinysse.server.transport.threads;

import dev.tinysse.broker.progress.LoopProgress;
import dev.tinysse.server.component.ServiceLoop;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** Virtual threads on event loops. Needs {@link VirtualThreads}. Safe for any thread. */
final class EventLoops implements ConnectionThreads {
    /** As many as there are threads of the fan-out. */
    private static final int LOOPS = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);

    private final List<EventLoop> loops = Stream.generate(EventLoop::new).limit(LOOPS).toList();
    private final AtomicInteger made = new AtomicInteger();
    private volatile boolean closed;

    @Override
    public ConnectionThread of(SocketChannel channel) throws IOException {
        return new LoopThread(loops.get(Math.floorMod(made.getAndIncrement(), loops.size())), channel);
    }

    @Override
    public void start() {
        loops.forEach(loop -> Thread.ofPlatform().daemon().name("tinysse-loop")
                .start(() -> ServiceLoop.run("loop", () -> !closed, loop::step)));
    }

    @Override
    public List<LoopProgress> progress() {
        return loops.stream().map(EventLoop::progress).toList();
    }

    @Override
    public void close() {
        closed = true;
        loops.forEach(EventLoop::close);
    }
}
