package dev.tinysse.admin;

import dev.tinysse.broker.figures.MetricsFormat;
import dev.tinysse.server.routing.Responses;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.ServiceLoader;

/** Writes the metrics for Prometheus. Safe for any thread. */
final class MetricsResource implements Handler {
    private final Figures figures;
    private final MetricsFormat format = ServiceLoader.load(MetricsFormat.class).findFirst()
            .orElseThrow(() -> new IllegalStateException("metrics are not in this image: tinysse-metrics is missing"));

    /** Loads the format. */
    MetricsResource(Figures figures) {
        this.figures = figures;
    }

    @Override
    public void handle(ServerRequest request, ServerResponse response) {
        MetricsFormat.Page page = format.write(figures.all(),
                request.headers().first(HeaderNames.ACCEPT).orElse(""));
        response.status(Status.OK_200).header(HeaderNames.CONTENT_TYPE, page.contentType());
        Responses.page(request, response, page.body());
    }
}
