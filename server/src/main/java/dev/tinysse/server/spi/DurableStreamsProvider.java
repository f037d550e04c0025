package dev.tinysse.server.spi;

/** Opens durable streams. Found by {@link java.util.ServiceLoader}, and loaded only where they are switched on. */
public interface DurableStreamsProvider {
    /**
     * Opens the store.
     *
     * @param config of the streams
     * @param bodies reads the bodies of requests
     * @param access authenticates and authorizes requests
     * @return serves the requests
     */
    DurableStreams open(DurableStreamsConfig config, RequestBodies bodies, StreamAccess access);
}
