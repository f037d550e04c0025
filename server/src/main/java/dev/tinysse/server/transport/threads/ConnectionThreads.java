package dev.tinysse.server.transport.threads;

import dev.tinysse.broker.progress.LoopProgress;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.util.List;

/** Makes the threads of connections. Safe for any thread. */
public interface ConnectionThreads extends AutoCloseable {
    /**
     * A thread that is to be started.
     *
     * @param channel of the connection; does not block from now on
     * @throws IOException if it has been closed
     */
    ConnectionThread of(SocketChannel channel) throws IOException;

    /** Begins to run them. */
    void start();

    /** {@return whether the platform threads that run them make progress, for each of those} */
    List<LoopProgress> progress();

    /** Ends its platform threads. The threads of connections go on without them. */
    @Override
    void close();
}
