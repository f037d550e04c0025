package dev.tinysse.server.transport;

/** The part of the {@link RequestMemory} that the request on one connection holds. For the connection's thread alone. */
final class HeldMemory {
    /** Bytes that are part of the connection's share: typical requests need no more. */
    static final int INCLUDED_BYTES = 8 * 1024;
    /** A request head becomes about three times its size: its bytes, its lines, and names and values of the headers. */
    private static final int HEAD_FACTOR = 3;
    /** Bytes that a read takes besides its data: a client may send single bytes. */
    private static final int READ_BYTES = 64;

    private final RequestMemory memory;
    private long held;

    HeldMemory(RequestMemory memory) {
        this.memory = memory;
    }

    /**
     * Takes the memory for a part of a request head.
     *
     * @return false if there is no memory for it
     */
    boolean tryAddHead(int bytes) {
        return tryAdd((long) HEAD_FACTOR * bytes + READ_BYTES);
    }

    /**
     * Takes the memory for a body, or a part of it, before it is read.
     *
     * @throws BodyTooLongException if it is larger than all the memory that there is for requests
     * @throws OverloadedException if there is no memory for it at the moment
     */
    void addBody(long bytes) {
        if (held + bytes > memory.maxRequestBytes()) {
            throw new BodyTooLongException("body is larger than the server has memory for");
        }
        if (!tryAdd(bytes)) {
            throw new OverloadedException();
        }
    }

    /**
     * Takes the memory that one read of a body takes besides its data.
     *
     * @throws OverloadedException if there is no memory for it at the moment
     */
    void addRead() {
        if (!tryAdd(READ_BYTES)) {
            throw new OverloadedException();
        }
    }

    /** Gives all memory back. */
    void release() {
        if (held > INCLUDED_BYTES) {
            memory.release(held - INCLUDED_BYTES);
        }
        held = 0;
    }

    private boolean tryAdd(long bytes) {
        long more = Math.max(0, held + bytes - INCLUDED_BYTES) - Math.max(0, held - INCLUDED_BYTES);
        if (more > 0 && !memory.tryReserve(more)) {
            return false;
        }
        held += bytes;
        return true;
    }
}
