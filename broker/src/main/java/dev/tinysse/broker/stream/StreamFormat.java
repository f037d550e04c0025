package dev.tinysse.broker.stream;

import dev.tinysse.api.Message;
import java.util.Optional;

/**
 * The bytes of all that is sent on a stream. Pure functions, called from any thread; the broker does not look into
 * what they return, and nobody changes it afterwards.
 */
public interface StreamFormat {
    /**
     * One message.
     *
     * @param message not empty
     * @return its frame, complete in itself
     */
    byte[] message(Message message);

    /**
     * One message for a stream that wants to know the channel.
     *
     * @param channel of the message
     * @param message not empty
     * @return its frame, complete in itself
     */
    byte[] envelope(String channel, Message message);

    /**
     * The event that reports a gap.
     *
     * @param gap what is missing
     * @return its frame, complete in itself
     */
    byte[] gap(Gap gap);

    /**
     * The event that reports a user who has joined or left.
     *
     * @param change who, and where
     * @return its frame, complete in itself
     */
    byte[] presence(PresenceChange change);

    /** {@return the comment at the end of a replay: live messages follow} */
    byte[] caughtUp();

    /** {@return what is sent to a stream that has been silent for long} */
    byte[] keepAlive();

    /**
     * The end of a stream whose time is up.
     *
     * @param retryMillis the reconnection delay in milliseconds, at least 0
     * @return the last frame and whatever ends the stream
     */
    byte[] timeout(long retryMillis);

    /**
     * The end of a stream whose client may not have it any longer, unless it proves that it may.
     *
     * @param retryMillis the reconnection delay in milliseconds, at least 0
     * @return the last frame and whatever ends the stream
     */
    byte[] expired(long retryMillis);

    /**
     * The end of a stream because the server stops.
     *
     * @param retryMillis the reconnection delay in milliseconds, at least 0
     * @return the last frame and whatever ends the stream
     */
    byte[] stop(long retryMillis);

    /** {@return the end of a stream without a notification} */
    byte[] end();

    /** {@return what compresses these frames for streams that want that; empty if nothing does} */
    default Optional<StreamCompression> compression() {
        return Optional.empty();
    }
}
