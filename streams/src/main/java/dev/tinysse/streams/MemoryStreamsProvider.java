package dev.tinysse.streams;

import dev.tinysse.server.spi.DurableStreams;
import dev.tinysse.server.spi.DurableStreamsConfig;
import dev.tinysse.server.spi.DurableStreamsProvider;
import dev.tinysse.server.spi.RequestBodies;
import dev.tinysse.server.spi.StreamAccess;
import dev.tinysse.streams.http.DurableStreamsHandler;
import dev.tinysse.streams.log.MemoryStreamLog;
import java.time.InstantSource;

/** Durable streams in memory. */
public final class MemoryStreamsProvider implements DurableStreamsProvider {
    @Override
    public DurableStreams open(DurableStreamsConfig config, RequestBodies bodies, StreamAccess access) {
        MemoryStreamLog log = new MemoryStreamLog(config.maxSize(), InstantSource.system());
        log.start();
        return new DurableStreamsHandler(config, log, bodies, access, InstantSource.system());
    }
}
