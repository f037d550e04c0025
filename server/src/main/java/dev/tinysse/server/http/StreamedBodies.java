package dev.tinysse.server.http;

import dev.tinysse.server.spi.RequestBodies;
import dev.tinysse.server.spi.StreamedBody;
import dev.tinysse.server.transport.Connection;
import dev.tinysse.server.transport.InputEndedException;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.InputStream;

/**
 * Reads bodies, as a whole or while they arrive. Safe for any thread.
 *
 * @param maxBodySize bytes of the largest body that is read as a whole
 */
public record StreamedBodies(int maxBodySize) implements RequestBodies {
    @Override
    public byte[] read(ServerRequest request, ServerResponse response) {
        return new BodyReader(maxBodySize).read(request, response);
    }

    @Override
    public StreamedBody stream(ServerRequest request, ServerResponse response) {
        Connection connection = Connection.current();
        connection.streamBody();
        return new Body(connection, request.content().inputStream(), response);
    }

    private record Body(Connection connection, InputStream bytes, ServerResponse response) implements StreamedBody {
        @Override
        public int read(byte[] part, int from) throws EndedException {
            try {
                int length = bytes.read(part, from, part.length - from);
                if (length < 0) {
                    connection.bodyComplete();
                }
                return length;
            } catch (CloseConnectionException e) {
                throw e;
            } catch (InputEndedException e) {
                throw new EndedException();
            } catch (IOException | RuntimeException e) {
                throw Responses.errorAndClose(response, Status.BAD_REQUEST_400, "malformed body");
            }
        }

        @Override
        public void end() {
            connection.endInput();
        }
    }
}
