package dev.tinysse.server.transport.threads;

import dev.tinysse.broker.progress.LoopProgress;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.util.List;

/** Virtual threads as the JDK schedules them, each with a selector of its own. Safe for any thread. */
final class JdkThreads implements ConnectionThreads {
    @Override
    public ConnectionThread of(SocketChannel channel) throws IOException {
        return new JdkThread(channel);
    }

    @Override
    public void start() {
        // the JDK runs them
    }

    @Override
    public List<LoopProgress> progress() {
        return List.of();
    }

    @Override
    public void close() {
        // they end with their channels
    }
}
