package dev.tinysse.server.http;

import dev.tinysse.server.access.Access;
import dev.tinysse.server.access.AccessDeniedException;
import dev.tinysse.server.access.Caller;
import dev.tinysse.server.spi.StreamAccess;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The permissions of requests for durable streams. Safe for any thread.
 *
 * @param access decides; empty if everyone may do everything
 */
public record StreamAuthorization(Optional<Access> access) implements StreamAccess {
    private static final Grant EVERYTHING = new Grant(Optional.empty());

    @Override
    public Optional<Grant> admit(ServerRequest request, ServerResponse response, Permission permission,
            String stream) {
        if (access.isEmpty()) {
            return Optional.of(EVERYTHING);
        }
        try {
            Caller caller = caller(request, permission);
            require(caller, permission, stream);
            return Optional.of(new Grant(caller.endOfStream(Instant.now(), ThreadLocalRandom.current())));
        } catch (AccessDeniedException e) {
            Responses.closeIfUnread(response);
            Callers.deny(request, response, e);
            return Optional.empty();
        }
    }

    private Caller caller(ServerRequest request, Permission permission) throws AccessDeniedException {
        return permission == Permission.READ ? access.get().subscriber(request) : access.get().writer(request);
    }

    private static void require(Caller caller, Permission permission, String stream) throws AccessDeniedException {
        switch (permission) {
            case READ -> Access.requireRead(caller, stream);
            case WRITE -> Access.requireWrite(caller, stream);
            case CLOSE -> Access.requireClose(caller, stream);
        }
    }

    @Override
    public boolean isPublic(String stream) {
        return access.isEmpty() || access.get().isPublic(stream);
    }
}
