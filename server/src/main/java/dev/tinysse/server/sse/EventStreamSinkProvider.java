package dev.tinysse.server.sse;

import io.helidon.common.GenericType;
import io.helidon.common.media.type.MediaType;
import io.helidon.http.sse.SseEvent;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.helidon.webserver.http.spi.Sink;
import io.helidon.webserver.http.spi.SinkProvider;
import io.helidon.webserver.http.spi.SinkProviderContext;
import java.util.function.BiConsumer;

/** Makes {@link EventStreamSink} for {@link ServerResponse#sink}; Helidon finds it by {@link java.util.ServiceLoader}. */
public final class EventStreamSinkProvider implements SinkProvider<SseEvent> {
    /** For the service loader. */
    public EventStreamSinkProvider() {}

    @Override
    public boolean supports(GenericType<? extends Sink<?>> type, ServerRequest request) {
        return EventStreamSink.TYPE.equals(type); // whatever the client says that it accepts
    }

    @Override
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // as Helidon has it
    public <X extends Sink<SseEvent>> X create(SinkProviderContext context) {
        return (X) new EventStreamSink(context.serverResponse());
    }

    @Override
    @Deprecated
    @SuppressWarnings({"removal", "unchecked", "TypeParameterUnusedInFormals"})
    public <X extends Sink<SseEvent>> X create(ServerResponse response, BiConsumer<Object, MediaType> eventConsumer,
            Runnable closeRunnable) {
        return (X) new EventStreamSink(response);
    }
}
