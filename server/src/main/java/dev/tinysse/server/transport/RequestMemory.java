package dev.tinysse.server.transport;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How much of the heap connections that speak HTTP, and the requests on them, may hold at the same time, so that unfinished
 * requests cannot fill it. Safe for any thread.
 *
 * <p>A quarter of the heap is for connections at {@value #CONNECTION_BYTES} bytes each, which has a small request in it; an
 * eighth is for what is larger in requests. A stream holds nothing of either: it is no connection that speaks HTTP any more.
 */
final class RequestMemory {
    /** What a connection takes: its thread's stack, a read buffer, Helidon's objects, and a small request. */
    static final int CONNECTION_BYTES = 16 * 1024;
    private static final int CONNECTIONS_SHARE = 4;
    private static final int REQUESTS_SHARE = 8;

    private final long maxConnections;
    private final long maxRequestBytes;
    private final AtomicLong connections = new AtomicLong();
    private final AtomicLong requestBytes = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();

    /**
     * Nothing is taken yet.
     *
     * @param heap bytes that it can grow to
     */
    RequestMemory(long heap) {
        maxConnections = Math.max(1, heap / CONNECTIONS_SHARE / CONNECTION_BYTES);
        maxRequestBytes = Math.max(1, heap / REQUESTS_SHARE);
    }

    /** Takes the place of a connection, if there is one; {@link #disconnect} gives it back. */
    boolean tryConnect() {
        return tryTake(connections, 1, maxConnections);
    }

    void disconnect() {
        connections.decrementAndGet();
    }

    /** Takes bytes for a request, if there are as many; {@link #release} gives them back. */
    boolean tryReserve(long bytes) {
        return tryTake(requestBytes, bytes, maxRequestBytes);
    }

    void release(long bytes) {
        requestBytes.addAndGet(-bytes);
    }

    /** The bytes that there are for requests in all. */
    long maxRequestBytes() {
        return maxRequestBytes;
    }

    /** The connections that there may be. */
    long maxConnections() {
        return maxConnections;
    }

    /** How many connections and requests have been refused so far. */
    long refused() {
        return refused.get();
    }

    private boolean tryTake(AtomicLong taken, long amount, long max) {
        if (taken.addAndGet(amount) <= max) {
            return true;
        }
        taken.addAndGet(-amount);
        refused.incrementAndGet();
        return false;
    }
}
