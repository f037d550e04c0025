package dev.tinysse.server.spi;

import java.time.Duration;
import java.util.Optional;

/**
 * How durable streams are served.
 *
 * @param path of the streams, without a slash at its end
 * @param maxSize bytes that all of them may take
 * @param ttl of a stream that is created without one
 * @param longPollTimeout maximum wait of a long-poll request
 * @param coalesce maximum delay of live readers
 * @param lifetime of an event stream; zero for unlimited
 * @param keepAlive interval of comments on idle event streams; zero for none
 * @param keepAliveText text of that comment
 * @param maxBodySize bytes of the largest body that is read as a whole
 */
public record DurableStreamsConfig(String path, long maxSize, Optional<Duration> ttl, Duration longPollTimeout,
        Duration coalesce, Duration lifetime, Duration keepAlive, String keepAliveText, int maxBodySize) {}
