package dev.tinysse.server.spi;

/** A body that is read while it arrives. Its length has no limit; the timeout for a body applies between two parts. */
public interface StreamedBody {
    /**
     * Waits for a part of the body, of one byte at least. For the thread that handles the request.
     *
     * @param part receives the bytes
     * @param from where to put the first one
     * @return the number of bytes; -1 at the end of the body
     * @throws EndedException if {@link #end} has been called
     * @throws io.helidon.webserver.CloseConnectionException if the connection broke, or the body is malformed, and the response has been sent
     */
    int read(byte[] part, int from) throws EndedException;

    /** The rest of the body is not read: a {@link #read} that waits for it ends. Any thread. */
    void end();

    /** The rest of the body is not read. */
    final class EndedException extends Exception {
        private static final long serialVersionUID = 1;

        /** An end. */
        public EndedException() {
            super("the rest of the body is not read", null, false, false);
        }
    }
}
