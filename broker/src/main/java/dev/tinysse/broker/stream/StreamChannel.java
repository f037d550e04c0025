package dev.tinysse.broker.stream;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/**
 * A client's connection as bytes, whether they are encrypted on their way or not. One thread at a time may read and write; none of
 * the methods waits for the client while the socket does not block.
 *
 * <p>What is encrypted is sent whole or not at all, so it takes bytes that the socket does not: these are {@link #pending} until
 * {@link #flush} has sent them, and no others are taken meanwhile.
 */
public interface StreamChannel {
    /** {@return the socket, for a selector to watch} */
    SocketChannel socket();

    /** {@return whether the bytes are encrypted on their way} */
    boolean isEncrypted();

    /**
     * Writes bytes.
     *
     * @param bytes of which it takes as many as it can
     * @return how many it has taken
     * @throws IOException if the connection is broken
     */
    int write(ByteBuffer bytes) throws IOException;

    /** {@return how many bytes wait to be sent, as they go over the wire} */
    int pending();

    /**
     * Sends of what is pending as much as the socket takes.
     *
     * @return how many bytes that was
     * @throws IOException if the connection is broken
     */
    int flush() throws IOException;

    /**
     * Reads bytes.
     *
     * @param into with room for one at least
     * @return how many there were; 0 if there are none for now, and below 0 at the end
     * @throws IOException if the connection is broken
     */
    int read(ByteBuffer into) throws IOException;

    /** {@return whether there may be bytes to read of which a selector knows nothing} */
    boolean hasInput();

    /**
     * Tells the client that nothing follows. Bytes can still be read.
     *
     * @throws IOException if the connection is broken
     */
    void endOutput() throws IOException;

    /**
     * Closes the socket, after a notification of the client if that can be written at once. Any thread; again without effect.
     *
     * @throws IOException if it does not close
     */
    void close() throws IOException;
}
