package dev.tinysse.server.http;

import dev.tinysse.api.internal.Durations;
import dev.tinysse.broker.stream.StreamStart.FromHistory;
import dev.tinysse.server.routing.BadRequestException;
import dev.tinysse.server.routing.Query;
import dev.tinysse.server.routing.Responses;
import java.time.Duration;
import java.util.Optional;

/** Reads how much of history a client without a last event id asks for. Pure functions. */
final class HistoryQuery {
    private static final String SINCE = "since";
    private static final String LAST = "last";
    private static final int MAX_LAST = 10_000;
    private static final int MAX_DIGITS = 5;

    private HistoryQuery() {}

    /**
     * Reads {@code since} and {@code last}.
     *
     * @param lastEventId whether the client has one, and they are of no effect
     * @throws BadRequestException if one is malformed, or both are to have an effect
     */
    static FromHistory read(Query query, boolean lastEventId) throws BadRequestException {
        Optional<String> since = query.single(SINCE);
        Optional<String> last = query.single(LAST);
        FromHistory wanted = new FromHistory.Nothing();
        if (since.isPresent()) {
            wanted = since(since.get());
        }
        if (last.isPresent()) {
            wanted = last(last.get());
        }
        if (since.isPresent() && last.isPresent() && !lastEventId) {
            throw new BadRequestException(
                    "since and last exclude each other: since=%s last=%s".formatted(since.get(), last.get()));
        }
        return lastEventId ? new FromHistory.Nothing() : wanted;
    }

    private static FromHistory since(String text) throws BadRequestException {
        if (text.equals("all")) {
            return new FromHistory.Since(Optional.empty());
        }
        Optional<Duration> age = Durations.parse(text);
        if (age.isEmpty()) {
            throw new BadRequestException(
                    "since must be all, or a duration such as 10m or 1h30m: since=" + Responses.shown(text));
        }
        return new FromHistory.Since(age);
    }

    private static FromHistory last(String text) throws BadRequestException {
        boolean digits = !text.isEmpty() && text.length() <= MAX_DIGITS
                && text.chars().allMatch(c -> c >= '0' && c <= '9');
        int count = digits ? Integer.parseInt(text) : 0;
        if (count < 1 || count > MAX_LAST) {
            throw new BadRequestException(
                    "last must be a whole number from 1 to %d: last=%s".formatted(MAX_LAST, Responses.shown(text)));
        }
        return new FromHistory.Last(count);
    }
}
