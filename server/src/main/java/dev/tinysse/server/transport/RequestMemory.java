package dev.tinysse.server.transport;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How much of the heap connections that speak HTTP, and the requests on them, may hold at the same time, so that unfinished
 * requests cannot fill it. Safe for any thread.
 *
 * <p>A quarter of the heap is for connections at {@value #CONNECTION_BYTES} bytes each, which has a small request in it; an
 * eighth is for what is larger in requests. A stream holds nothing of either: it is no connection that speaks HTTP any more.
 */
final class RequestMemory {
    /** The size of a connection: its thread's stack, a read buffer, Helidon's objects, and a small request. */
    static final int CONNECTION_BYTES = 16 * 1024;
    /** The places that a connection takes without TLS, and with it: a handshake needs more than all that follows. */
    static final int PLAIN_PLACES = 1;
    static final int TLS_PLACES = 4;
    private static final int CONNECTIONS_SHARE = 4;
    private static final int REQUESTS_SHARE = 8;

    private final int maxConnections;
    private final long maxRequestBytes;
    private final Semaphore connections;
    private final AtomicLong requestBytes = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();

    /**
     * Nothing is taken yet.
     *
     * @param heap bytes that it can grow to
     */
    RequestMemory(long heap) {
        maxConnections = Math.clamp(heap / CONNECTIONS_SHARE / CONNECTION_BYTES, 1, Integer.MAX_VALUE);
        connections = new Semaphore(maxConnections);
        maxRequestBytes = Math.max(1, heap / REQUESTS_SHARE);
    }

    /** Takes so many places of connections, if there are as many; {@link #disconnect} gives them back. */
    boolean tryConnect(int places) {
        return connections.tryAcquire(places) || refuse();
    }

    /** Takes so many places of connections, and waits for them as long as that. */
    boolean tryConnect(int places, Duration maxWait) throws InterruptedException {
        return connections.tryAcquire(places, maxWait.toNanos(), TimeUnit.NANOSECONDS) || refuse();
    }

    void disconnect(int places) {
        connections.release(places);
    }

    /** Takes bytes for a request, if there are as many; {@link #release} gives them back. */
    boolean tryReserve(long bytes) {
        if (requestBytes.addAndGet(bytes) <= maxRequestBytes) {
            return true;
        }
        release(bytes);
        return refuse();
    }

    void release(long bytes) {
        requestBytes.addAndGet(-bytes);
    }

    /** The bytes that there are for requests in all. */
    long maxRequestBytes() {
        return maxRequestBytes;
    }

    /** The connections that there may be. */
    int maxConnections() {
        return maxConnections;
    }

    /** How many connections and requests have been refused so far. */
    long refused() {
        return refused.get();
    }

    private boolean refuse() {
        refused.incrementAndGet();
        return false;
    }
}
