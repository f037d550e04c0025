package dev.tinysse.server.transport;

import dev.tinysse.broker.progress.LoopProgress;
import dev.tinysse.server.transport.threads.ConnectionThread;
import dev.tinysse.server.transport.threads.ConnectionThreads;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.function.Supplier;

/**
 * Threads before whose start something is done, which may fail.
 *
 * @param threads that are started then
 * @param first is done before
 */
record FailingThreads(ConnectionThreads threads, Runnable first) implements ConnectionThreads {
    @Override
    public ConnectionThread of(SocketChannel channel) throws IOException {
        return new FailingThread(threads.of(channel), first);
    }

    @Override
    public void start() {
        threads.start();
    }

    @Override
    public List<LoopProgress> progress() {
        return threads.progress();
    }

    @Override
    public void close() {
        threads.close();
    }

    private record FailingThread(ConnectionThread thread, Runnable first) implements ConnectionThread {
        @Override
        public void start(Runnable task) {
            first.run();
            thread.start(task);
        }

        @Override
        public void awaitRequest() throws IOException {
            thread.awaitRequest();
        }

        @Override
        public void await(int operation) throws IOException {
            thread.await(operation);
        }

        @Override
        public void leaveLoop() {
            thread.leaveLoop();
        }

        @Override
        public <T> T stayOnLoop(Supplier<T> step) {
            return thread.stayOnLoop(step);
        }

        @Override
        public void letOthersRun() {
            thread.letOthersRun();
        }

        @Override
        public void release() {
            thread.release();
        }

        @Override
        public void closed() {
            thread.closed();
        }
    }
}
