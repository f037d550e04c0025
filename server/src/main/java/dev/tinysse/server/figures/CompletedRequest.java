package dev.tinysse.server.figures;

import dev.tinysse.server.transport.RequestOutcome;
import io.helidon.webserver.http.ServerRequest;

/**
 * A request with its response.
 *
 * @param request as it came
 * @param code of the response
 * @param nanos from its head to the end of the response; of a stream, to the begin
 * @param bytes of the response, its head included, as far as they have been written
 * @param outcome what else became of it
 */
public record CompletedRequest(ServerRequest request, int code, long nanos, long bytes, RequestOutcome outcome) {}
