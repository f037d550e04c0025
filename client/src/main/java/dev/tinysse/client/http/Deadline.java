package dev.tinysse.client.http;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * The time limit of an operation on a socket, whatever it waits for: the handshake, the server to take the request, or bytes that
 * trickle in. A thread closes the socket when time is up. One thread may call {@link #begin} and the other methods.
 */
final class Deadline implements AutoCloseable {
    private final Socket socket;
    private final Duration limit;
    private final Thread watchdog;
    /** Of {@link System#nanoTime}. */
    private volatile long end;
    private volatile boolean armed;
    private volatile boolean waits;
    private volatile boolean expired;
    private volatile boolean closed;

    Deadline(Socket socket, Duration limit) {
        this.socket = socket;
        this.limit = limit;
        end = System.nanoTime() + limit.toNanos();
        armed = true;
        watchdog = Thread.ofPlatform().daemon().name("tinysse-deadline").start(this::watch);
    }

    /** The time for the next operation begins. */
    void begin() {
        end = System.nanoTime() + limit.toNanos();
        armed = true;
        if (waits) {
            LockSupport.unpark(watchdog);
        }
    }

    /** The operation is done: from now on it may take any time. */
    void end() {
        armed = false;
    }

    /** Why an operation has failed: the deadline, if it has passed. */
    IOException cause(IOException failure) {
        return expired
                ? new SocketTimeoutException("no complete response within %ds".formatted(limit.toSeconds()))
                : failure;
    }

    private void watch() {
        while (!closed) {
            long left = end - System.nanoTime();
            if (!armed) {
                waits = true;
                if (!armed && !closed) {
                    LockSupport.park(this);
                }
                waits = false;
            } else if (left > 0) {
                LockSupport.parkNanos(this, left);
            } else {
                expire();
                return;
            }
        }
    }

    private void expire() {
        expired = true;
        try {
            socket.close();
        } catch (IOException e) {
            // it is closed then
        }
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(watchdog);
    }
}
