package dev.tinysse.broker.stream;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * The party that opened a stream and is notified of its end. Exactly one of {@link #closed} and {@link #channelReturned} is called, once, on
 * a fan-out thread.
 */
public interface StreamOwner {
    /**
     * The stream has ended, and one of the other methods is called next. Must not wait.
     *
     * @param ending how it was
     */
    default void ended(StreamEnding ending) {}

    /** The stream is gone and its channel closed. */
    void closed();

    /**
     * The stream ended as it should, and its channel is returned to the owner.
     *
     * @param channel open and blocking
     * @param received what the client has sent meanwhile, ready to be read
     */
    void channelReturned(StreamChannel channel, ByteBuffer received);

    /** {@return who the client is, for the log, unless its socket tells; any thread} */
    default Optional<String> client() {
        return Optional.empty();
    }
}
