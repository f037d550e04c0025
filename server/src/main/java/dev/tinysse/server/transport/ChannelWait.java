package dev.tinysse.server.transport;

import java.io.IOException;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * Lets a connection's virtual thread wait for its channel, and says where the thread runs: on the event loop, which is where it
 * is woken, until the request {@linkplain #leaveLoop leaves} it, or another thread wakes it outside of a step that
 * {@linkplain #stayOnLoop stays}. For the connection's thread, but for {@link #ready} and {@link #run}, which are the loop's, and
 * {@link #execute}, {@link #thread}, {@link #endInput} and {@link #closed}, which are for any.
 *
 * <p>The selector keeps watching for what was waited for last, so that a request costs it no system call. What comes while nobody
 * waits switches that off until somebody does.
 */
final class ChannelWait implements Executor, EventLoop.Ready, EventLoop.Carried {
    private final EventLoop loop;
    private final SocketChannel channel;
    private SelectionKey key;
    /** The connection's thread, once it has waited. */
    private volatile Thread thread;
    /** The operation that is waited for; 0 if none is. */
    private volatile int awaited;
    /** Whether the thread does nothing but wait: it holds no lock, and waits for none. */
    private volatile boolean parking;
    /** The connection's thread, as schedulers see it. Threads that it starts come here, too. */
    private volatile Runnable task;
    /** Where the thread is to be scheduled the next time, and where it has been scheduled. */
    private volatile boolean onLoop = true;
    private boolean isOnLoop;
    private volatile boolean left;
    /** Whether input is not waited for, since nobody wants it any more. */
    private volatile boolean inputEnded;
    /** Whether it is scheduled where it runs, whichever thread wakes it. */
    private volatile boolean staying;

    /**
     * No wait yet.
     *
     * @param channel does not block from now on
     */
    ChannelWait(EventLoop loop, SocketChannel channel) throws IOException {
        this.loop = loop;
        this.channel = channel;
        channel.configureBlocking(false);
    }

    /** The connection's thread runs for the first time: the loop that carries it does not know it yet. */
    void begin() {
        if (isOnLoop) {
            loop.progress().busy(Thread.currentThread());
        }
    }

    /** Waits for the first byte of a request, which then runs on the loop. */
    void awaitRequest() throws IOException {
        left = false;
        await(SelectionKey.OP_READ);
    }

    /**
     * Waits until an operation is possible.
     *
     * @param operation of those of {@link SelectionKey}
     * @throws IOException if the channel has been closed
     */
    void await(int operation) throws IOException {
        try {
            register(operation);
            thread = Thread.currentThread();
            awaited = operation;
            if ((key.interestOps() & operation) == 0) {
                key.interestOpsOr(operation);
                loop.selector().wakeup();
            }
            while (awaited != 0) {
                requireOpen();
                if (inputEnded && operation == SelectionKey.OP_READ) {
                    throw new InputEndedException();
                }
                parking = true;
                if (awaited != 0) {
                    LockSupport.park(this);
                }
                parking = false;
            }
        } catch (CancelledKeyException e) {
            throw new ClosedChannelException();
        } finally {
            awaited = 0;
            parking = false;
            onLoop = false;
        }
    }

    /** Nobody wants the input any more, or somebody does again: a wait for it ends. Any thread. */
    void endInput(boolean ended) {
        inputEnded = ended;
        if (ended) {
            LockSupport.unpark(thread);
        }
    }

    private void register(int operation) throws IOException {
        if (key != null) {
            return;
        }
        try {
            key = channel.register(loop.selector(), operation, this);
        } catch (CancelledKeyException e) {
            loop.deregister(); // a key of the same channel, before it was a stream's
            key = channel.register(loop.selector(), operation, this);
        }
        loop.selector().wakeup();
    }

    private void requireOpen() throws IOException {
        if (!channel.isOpen()) {
            throw new ClosedChannelException();
        }
        if (Thread.currentThread().isInterrupted()) {
            channel.close();
            throw new ClosedByInterruptException();
        }
    }

    /** The channel is ready. If nobody waits for that, the selector does not look for it again before somebody does. */
    @Override
    public void ready(SelectionKey ready) {
        try {
            int operations = ready.readyOps();
            if ((awaited & operations) == 0) {
                ready.interestOpsAnd(~operations);
            }
            if ((awaited & operations) != 0) { // since before, or by now
                // a thread that is still on its way to park may be waiting for a lock of the selector: on the loop, which
                // takes the same locks, it would never get it
                onLoop = parking;
                awaited = 0;
                LockSupport.unpark(thread);
            }
        } catch (CancelledKeyException e) {
            // the channel is not the connection's any more
        }
    }

    /** The rest of the request may need much CPU time or wait: it runs elsewhere, so that the loop serves others. */
    void leaveLoop() {
        if (!left && task != null) {
            left = true;
            Thread.yield(); // after which it is scheduled again
        }
    }

    /**
     * Carries out a step that waits for other threads and computes little, in which the thread does not wait for its channel. If it
     * runs on the loop, it goes on there after each wait, which saves handing the rest of the request to another thread.
     */
    <T> T stayOnLoop(Supplier<T> step) {
        staying = isOnLoop;
        try {
            return step.get();
        } finally {
            staying = false;
        }
    }

    /** Runs what waits for the loop, if that is where the thread runs. */
    void letOthersRun() {
        if (isOnLoop && loop.hasTasks()) {
            onLoop = true;
            Thread.yield(); // after which it is scheduled again
            onLoop = false;
        }
    }

    /** Runs the thread: on the loop for its start, for what the loop has woken it for and in a step that stays, elsewhere for all else. */
    @Override
    public void execute(Runnable scheduled) {
        if (task == null) {
            task = scheduled;
        }
        if (scheduled != task) {
            VirtualThreads.runAsUsual(scheduled);
            return;
        }
        isOnLoop = (onLoop || staying) && !left;
        if (isOnLoop) {
            onLoop = false;
            loop.execute(this);
        } else {
            VirtualThreads.runAsUsual(scheduled);
        }
    }

    @Override
    public void run() {
        task.run();
    }

    @Override
    public Thread thread() {
        return thread;
    }

    /** Takes the channel from the loop. */
    void release() {
        if (key != null) {
            key.cancel();
            loop.selector().wakeup();
        }
    }

    /** The channel has been closed: who waits for it finds that out. Any thread. */
    void closed() {
        LockSupport.unpark(thread);
        loop.selector().wakeup(); // a channel is not closed before its selector has let go of it
    }
}
