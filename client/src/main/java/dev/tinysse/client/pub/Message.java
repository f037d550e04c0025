package dev.tinysse.client.pub;

import dev.tinysse.client.sse.Event;
import dev.tinysse.client.sse.EventJson;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * The fields that all messages of a call have besides their data.
 *
 * @param id for the one message, if any
 * @param event name of the event, if any
 */
public record Message(Optional<String> id, Optional<String> event) {
    /** {@return the message as it is posted} */
    byte[] json(Optional<String> data) {
        return EventJson.of(new Event(id, event, data, List.of(), Optional.empty())).getBytes(StandardCharsets.UTF_8);
    }
}
