package dev.tinysse.server.routing;

import io.helidon.webserver.http.ServerRequest;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The query of a request.
 *
 * @param fields decoded, in order
 */
public record Query(List<FormFields.Field> fields) {
    private static final Logger LOG = System.getLogger("tinysse");

    /**
     * Reads the query of a request.
     *
     * @throws BadRequestException if it is not UTF-8
     */
    public static Query of(ServerRequest request) throws BadRequestException {
        return new Query(FormFields.parseQuery(request.prologue().query().rawValue())
                .orElseThrow(() -> new BadRequestException("query is not UTF-8")));
    }

    /** Whether {@link #logOthers} has an effect. */
    public static boolean logsOthers() {
        return LOG.isLoggable(Level.DEBUG);
    }

    /** Logs the parameters of a request that have no effect on the server; scripts may read them. */
    public static void logOthers(ServerRequest request, Set<String> known) {
        FormFields.parseQuery(request.prologue().query().rawValue()).orElse(List.of()).stream()
                .map(FormFields.Field::name).filter(name -> !known.contains(name)).distinct()
                .forEach(name -> LOG.log(Level.DEBUG,
                        "query parameter is ignored: name=%s path=%s".formatted(name, Requests.path(request))));
    }

    /** The values of a field, in order. */
    public List<String> all(String name) {
        return fields.stream().filter(field -> field.name().equals(name)).map(FormFields.Field::value).toList();
    }

    /**
     * The value of a field, if it is there.
     *
     * @throws BadRequestException if it is there twice
     */
    public Optional<String> single(String name) throws BadRequestException {
        List<String> values = all(name);
        if (values.size() > 1) {
            throw new BadRequestException(name + " occurs twice");
        }
        return values.stream().findFirst();
    }
}
