package dev.tinysse.server.transport;

import dev.tinysse.broker.stream.StreamChannel;
import java.nio.ByteBuffer;

/** Takes back channels that were {@linkplain Connection#detach detached}. Safe for any thread. */
public interface ReturnedChannels {
    /**
     * Serves further requests on a channel.
     *
     * @param channel open and blocking
     * @param secure whether it speaks TLS
     * @param received what the client has sent meanwhile
     */
    void resume(StreamChannel channel, boolean secure, ByteBuffer received);

    /**
     * Closes a channel so that the client receives the last response.
     *
     * @param channel open and blocking
     */
    void finish(StreamChannel channel);
}
