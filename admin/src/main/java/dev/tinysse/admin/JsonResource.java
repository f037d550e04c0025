package dev.tinysse.admin;

import dev.tinysse.broker.log.LogException;
import dev.tinysse.server.routing.BadRequestException;
import dev.tinysse.server.routing.Responses;
import io.helidon.http.HeaderValues;
import io.helidon.http.Status;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/** Makes a response of JSON. */
@FunctionalInterface
interface JsonResource extends Handler {
    /**
     * The response to a request.
     *
     * @return JSON
     * @throws BadRequestException for what the operator has to change
     * @throws LogException if the log cannot do it
     */
    String respond(ServerRequest request) throws BadRequestException, LogException;

    @Override
    default void handle(ServerRequest request, ServerResponse response) {
        String json;
        try {
            json = respond(request);
        } catch (BadRequestException e) {
            Responses.error(response, e.status(), e.getMessage());
            return;
        } catch (LogException e) {
            Logger log = System.getLogger("tinysse");
            log.log(Level.WARNING, "admin request failed: " + e.getMessage());
            Responses.unavailable(response, LogException.Kind.UNAVAILABLE.text() + ": " + e.getMessage());
            return;
        }
        response.status(Status.OK_200).header(HeaderValues.CONTENT_TYPE_JSON);
        Responses.page(request, response, json);
    }
}
