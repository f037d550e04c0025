package dev.tinysse.server.transport;

import io.helidon.common.context.Context;
import io.helidon.http.encoding.ContentEncodingContext;
import io.helidon.http.media.MediaContext;
import io.helidon.webserver.ListenerConfig;
import io.helidon.webserver.ListenerContext;
import io.helidon.webserver.http.DirectHandlers;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The listener's context for Helidon's HTTP/1.1. Safe for any thread. Media, encodings and protocols that modules of Helidon
 * could add are not looked for, since there are none: the search would take time at each start.
 */
final class HttpContext implements ListenerContext {
    private final Context context = Context.create();
    private final MediaContext media = MediaContext.builder().mediaSupportsDiscoverServices(false).build();
    private final ContentEncodingContext encodings = ContentEncodingContext.builder()
            .contentEncodingsDiscoverServices(false).build();
    private final DirectHandlers errors;
    private final ListenerConfig config = ListenerConfig.builder().protocolsDiscoverServices(false).build();
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();

    HttpContext(ErrorResponses errors) {
        this.errors = errors.handlers();
    }

    @Override
    public Context context() {
        return context;
    }

    @Override
    public MediaContext mediaContext() {
        return media;
    }

    @Override
    public ContentEncodingContext contentEncodingContext() {
        return encodings;
    }

    @Override
    public DirectHandlers directHandlers() {
        return errors;
    }

    @Override
    public ListenerConfig config() {
        return config;
    }

    @Override
    public ExecutorService executor() {
        return executor;
    }
}
