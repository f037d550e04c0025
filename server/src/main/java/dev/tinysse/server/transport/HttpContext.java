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
record HttpContext(Context context, MediaContext mediaContext, ContentEncodingContext contentEncodingContext,
        DirectHandlers directHandlers, ListenerConfig config, ExecutorService executor) implements ListenerContext {
    HttpContext(ErrorResponses errors) {
        this(Context.create(), HelidonDefaults.media(), HelidonDefaults.encodings(), errors.handlers(),
                HelidonDefaults.listener(), Executors.newVirtualThreadPerTaskExecutor());
    }
}
