package dev.tinysse.server.http;

import dev.tinysse.server.body.BadRequestException;
import dev.tinysse.server.body.FormFields;
import io.helidon.webserver.http.ServerRequest;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Logs at DEBUG which parameters of a query have no effect: a script may read them, and a misspelt one would be hard to find. */
final class IgnoredParameters {
    private static final Logger LOG = System.getLogger("tinysse");

    private IgnoredParameters() {}

    /** Looks at the query of a request for a stream. */
    static void ofStream(Query query, Features features, Optional<String> secret) {
        if (LOG.isLoggable(Level.DEBUG)) {
            Map<String, Boolean> known = new HashMap<>(Map.of("last_event_id", true));
            known.put("channel", features.channels());
            known.put("envelope", features.channels());
            known.put("presence", features.presence());
            known.put("since", features.history());
            known.put("last", features.history());
            log(query, known, secret);
        }
    }

    /** Looks at the query of a request to publish. */
    static void ofPublish(ServerRequest request, Features features, Optional<String> secret)
            throws BadRequestException {
        if (LOG.isLoggable(Level.DEBUG) && !request.prologue().query().rawValue().isEmpty()) {
            log(Query.of(request), Map.of("channel", features.channels()), secret);
        }
    }

    private static void log(Query query, Map<String, Boolean> known, Optional<String> secret) {
        for (FormFields.Field field : query.fields()) {
            String name = field.name();
            if (!known.getOrDefault(name, secret.filter(name::equals).isPresent())) {
                LOG.log(Level.DEBUG, "query parameter is ignored: name=%.200s%s".formatted(name, hint(name, known)));
            }
        }
    }

    private static String hint(String name, Map<String, Boolean> known) {
        if (!known.containsKey(name)) {
            return " known=" + String.join(",", known.keySet().stream().sorted().toList());
        }
        return switch (name) {
            case "since", "last" -> " (needs --history)";
            case "presence" -> " (needs --presence)";
            default -> " (needs --channels)";
        };
    }
}
