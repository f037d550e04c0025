package dev.tinysse.server.transport;

import dev.tinysse.server.helidon.HelidonDefaults;
import io.helidon.common.context.Context;
import io.helidon.http.encoding.ContentEncodingContext;
import io.helidon.http.media.MediaContext;
import io.helidon.webserver.ListenerConfig;
import io.helidon.webserver.ListenerContext;
import io.helidon.webserver.http.DirectHandlers;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The listener's context for Helidon's HTTP/1.1. Safe for any thread. */
final class HttpContext implements ListenerContext {
    private final Context context = Context.create();
    private final MediaContext media = HelidonDefaults.media();
    private final ContentEncodingContext encodings = HelidonDefaults.encodings();
    private final DirectHandlers errors;
    private final ListenerConfig config = HelidonDefaults.listener();
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
