package dev.tinysse.tracing;

import dev.tinysse.broker.tracing.Tracer;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Spans of OpenTelemetry. Safe for any thread. */
final class OtlpTracer implements Tracer {
    private static final String TRACEPARENT = "traceparent";
    private static final long MAX_CLOSE_SECONDS = 3;

    private final SdkTracerProvider provider;
    private final io.opentelemetry.api.trace.Tracer tracer;

    OtlpTracer(SdkTracerProvider provider) {
        this.provider = provider;
        this.tracer = provider.get("tinysse");
    }

    /** Reads the header of a caller. */
    private record Header() implements TextMapGetter<String> {
        @Override
        public Iterable<String> keys(String carrier) {
            return List.of(TRACEPARENT);
        }

        @Override
        public String get(String carrier, String key) {
            return TRACEPARENT.equals(key) ? carrier : null;
        }
    }

    /** The scope is closed with the span. */
    @Override
    @SuppressWarnings("MustBeClosedChecker")
    public Tracer.Span begin(String name, Optional<String> traceparent) {
        Context parent = Context.current();
        boolean isRoot = !io.opentelemetry.api.trace.Span.fromContext(parent).getSpanContext().isValid();
        if (isRoot && traceparent.isPresent()) {
            parent = W3CTraceContextPropagator.getInstance().extract(Context.root(), traceparent.get(), new Header());
        }
        io.opentelemetry.api.trace.Span span = tracer.spanBuilder(name).setParent(parent)
                .setSpanKind(isRoot ? SpanKind.SERVER : SpanKind.INTERNAL)
                .startSpan();
        return new Begun(span, span.makeCurrent());
    }

    @Override
    public void close() {
        provider.shutdown().join(MAX_CLOSE_SECONDS, TimeUnit.SECONDS);
    }

    private record Begun(io.opentelemetry.api.trace.Span span, Scope scope) implements Tracer.Span {
        @Override
        public void note(String name, long value) {
            span.setAttribute(name, value);
        }

        @Override
        public void fail(String what) {
            span.setStatus(StatusCode.ERROR, what);
        }

        @Override
        public void close() {
            scope.close();
            span.end();
        }
    }
}
