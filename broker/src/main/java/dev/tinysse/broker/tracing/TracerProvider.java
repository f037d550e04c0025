package dev.tinysse.broker.tracing;

import java.util.Map;

/** Opens tracers. Found by {@link java.util.ServiceLoader}. */
public interface TracerProvider {
    /**
     * Opens a tracer.
     *
     * @param environment the variables {@code OTEL_…} that say where spans go
     * @param version of the server
     * @return the tracer
     * @throws IllegalArgumentException if a variable is wrong; the text names it and its value, unless that may be secret
     */
    Tracer open(Map<String, String> environment, String version);
}
