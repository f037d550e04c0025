package dev.tinysse.server.http;

import dev.tinysse.server.body.BadRequestException;
import dev.tinysse.server.body.FormFields;
import io.helidon.webserver.http.ServerRequest;
import java.util.List;
import java.util.Optional;

/**
 * The query of a request.
 *
 * @param fields decoded, in order
 */
public record Query(List<FormFields.Field> fields) {

    /**
     * Reads the query of a request.
     *
     * @throws BadRequestException if it is not UTF-8
     */
    public static Query of(ServerRequest request) throws BadRequestException {
        return new Query(FormFields.parseQuery(request.prologue().query().rawValue())
                .orElseThrow(() -> new BadRequestException("query is not UTF-8")));
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
