package dev.tinysse.server.transport;

import dev.tinysse.broker.stream.StreamChannel;
import java.nio.ByteBuffer;

/** Takes back channels that were {@linkplain Connection#detach detached}. Safe for any thread. */
public interface ReturnedChannels {
    /**
     * Serves further requests on a channel; or closes it, so that the client receives the last response.
     *
     * @param channel open and blocking
     * @param received what the client has sent meanwhile
     */
    void take(StreamChannel channel, ByteBuffer received);
}
