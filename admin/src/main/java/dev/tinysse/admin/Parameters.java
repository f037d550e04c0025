package dev.tinysse.admin;

import dev.tinysse.api.internal.Digits;
import dev.tinysse.server.routing.BadRequestException;
import dev.tinysse.server.routing.FormFields;
import dev.tinysse.server.routing.Query;
import dev.tinysse.server.routing.Requests;
import dev.tinysse.server.routing.Responses;
import dev.tinysse.server.routing.Segments;
import io.helidon.webserver.http.ServerRequest;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * The parameters of an operator's request. A name that is not known is an error: of a condition that is misspelt nobody should find
 * out by its effect.
 *
 * @param query of the request
 */
record Parameters(Query query) {
    /**
     * Reads them.
     *
     * @param known the names that there are
     * @throws BadRequestException if there is another one, or the query is not UTF-8
     */
    static Parameters of(ServerRequest request, Set<String> known) throws BadRequestException {
        Query query = Query.of(request);
        for (FormFields.Field field : query.fields()) {
            if (!known.contains(field.name())) {
                throw new BadRequestException("unknown parameter: %s=%s".formatted(Responses.shown(field.name()),
                        Responses.shown(field.value())));
            }
        }
        return new Parameters(query);
    }

    /**
     * A text.
     *
     * @throws BadRequestException if it is empty, or there twice
     */
    Optional<String> text(String name) throws BadRequestException {
        Optional<String> value = query.single(name);
        if (value.filter(String::isEmpty).isPresent()) {
            throw new BadRequestException("%s must not be empty: %1$s=".formatted(name));
        }
        return value;
    }

    /**
     * Where a page begins: {@code after}, which is the {@code next} of another page.
     *
     * @param reader reads what a page gives as its {@code next}
     * @throws BadRequestException if it is something else, or there twice
     */
    <T> Optional<T> after(Function<String, Optional<T>> reader) throws BadRequestException {
        Optional<String> text = text("after");
        Optional<T> after = text.flatMap(reader);
        if (text.isPresent() && after.isEmpty()) {
            throw new BadRequestException("after must be the next of another page: after="
                    + Responses.shown(text.get()));
        }
        return after;
    }

    /**
     * The segment of the path that a request chooses, decoded: the second.
     *
     * @throws BadRequestException if it cannot be decoded
     */
    static String segment(ServerRequest request) throws BadRequestException {
        return Segments.decoded(Requests.path(request).split("/", -1)[2], "");
    }

    /**
     * How many there may be on a page: {@code limit}, which counts up to the maximum.
     *
     * @throws BadRequestException if it is no number, or less than 1
     */
    int limit(int max) throws BadRequestException {
        Optional<String> value = query.single("limit");
        if (value.isEmpty()) {
            return max;
        }
        long limit = Digits.parse(value.get()).filter(number -> number > 0).orElseThrow(
                () -> new BadRequestException(
                        "limit must be a whole number from 1: limit=" + Responses.shown(value.get())));
        return (int) Math.min(limit, max);
    }
}
