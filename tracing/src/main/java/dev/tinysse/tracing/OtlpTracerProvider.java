package dev.tinysse.tracing;

import dev.tinysse.broker.tracing.Tracer;
import dev.tinysse.broker.tracing.TracerProvider;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporterBuilder;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import java.net.URI;
import java.util.Map;

/** Opens tracers that send to the endpoint of the environment. */
public final class OtlpTracerProvider implements TracerProvider {
    private static final String ENDPOINT = "OTEL_EXPORTER_OTLP_ENDPOINT";
    private static final String HEADERS = "OTEL_EXPORTER_OTLP_HEADERS";
    private static final String PATH = "v1/traces";

    /** For the service loader. */
    public OtlpTracerProvider() {}

    @Override
    public Tracer open(Map<String, String> environment, String version) {
        String base = environment.get(ENDPOINT);
        OtlpHttpSpanExporterBuilder exporter;
        try {
            URI endpoint = URI.create(base.endsWith("/") ? base : base + "/").resolve(PATH);
            exporter = OtlpHttpSpanExporter.builder().setEndpoint(endpoint.toString());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("%s must be an http or https address: %1$s=%s".formatted(ENDPOINT, base),
                    e);
        }
        for (String header : environment.getOrDefault(HEADERS, "").split(",")) {
            int equals = header.indexOf('=');
            if (equals > 0) {
                exporter.addHeader(header.substring(0, equals).strip(), header.substring(equals + 1).strip());
            }
        }
        Resource resource = Resource.getDefault()
                .merge(Resource.create(Attributes.of(AttributeKey.stringKey("service.name"),
                        environment.getOrDefault("OTEL_SERVICE_NAME", "tinysse"),
                        AttributeKey.stringKey("service.version"), version)));
        return new OtlpTracer(SdkTracerProvider.builder().setResource(resource)
                .addSpanProcessor(BatchSpanProcessor.builder(exporter.build()).build()).build());
    }
}
