package dev.tinysse.server.tracing;

import dev.tinysse.broker.tracing.Tracer;
import dev.tinysse.broker.tracing.TracerProvider;
import dev.tinysse.server.component.StartException;
import dev.tinysse.server.settings.Version;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;

/** Opens the tracer, if the environment says where spans go. */
public final class Tracing {
    private static final String ENDPOINT = "OTEL_EXPORTER_OTLP_ENDPOINT";

    private Tracing() {}

    /**
     * The tracer; without an endpoint nothing is loaded.
     *
     * @throws StartException if a variable is wrong
     */
    public static Optional<Tracer> open(Map<String, String> environment) throws StartException {
        if (environment.getOrDefault(ENDPOINT, "").isBlank()) {
            return Optional.empty();
        }
        try {
            return Optional.of(ServiceLoader.load(TracerProvider.class).findFirst()
                    .orElseThrow(() -> new IllegalArgumentException(
                            ENDPOINT + " is set, and tracing is not in this image: tinysse-tracing is missing"))
                    .open(environment, Version.text()));
        } catch (IllegalArgumentException e) {
            throw new StartException(e.getMessage());
        }
    }
}
