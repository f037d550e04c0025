/**
 * Durable streams: append-only logs with URLs of their own. Loaded by the server only where they are switched on.
 */
module dev.tinysse.streams {
    requires dev.tinysse.api;
    requires dev.tinysse.server;
    requires io.helidon.http;

    provides dev.tinysse.server.spi.DurableStreamsProvider with dev.tinysse.streams.MemoryStreamsProvider;
}
