package dev.tinysse.client.sub;

import dev.tinysse.client.http.Address;
import dev.tinysse.client.http.Token;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The options of a call of {@code tinysse sub}.
 *
 * @param address of the stream, with its channels
 * @param token who subscribes
 * @param envelope whether messages come in envelopes
 * @param json whether to print all of an event, as JSON
 * @param lastEventId where to begin, if said
 * @param since how old the first messages may be, if said; an empty age is any
 * @param state file that remembers the last event, if any
 * @param events names of the events to hand on; all if empty
 * @param count how many events to hand on before the end; without limit if empty
 * @param exec command to run for each event, if any
 * @param silence after which a stream is given up; zero for never
 * @param maxEvent largest event in bytes
 */
public record SubscribeOptions(Address address, Token token, boolean envelope, boolean json,
        Optional<String> lastEventId, Optional<Optional<Duration>> since, Optional<Path> state, List<String> events,
        Optional<Long> count, Optional<List<String>> exec, Duration silence,
        int maxEvent) {
    /** Whether to hand on events of a name. */
    boolean wants(String name) {
        return events.isEmpty() || events.contains(name);
    }
}
