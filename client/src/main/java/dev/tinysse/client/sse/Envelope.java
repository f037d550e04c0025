package dev.tinysse.client.sse;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import java.io.StringReader;
import java.util.List;
import java.util.Optional;

/** Events of streams that were requested with {@code ?envelope=json}: the data is JSON and has all of the message. */
public final class Envelope {
    private Envelope() {}

    /**
     * The message in an envelope.
     *
     * @param event from the stream
     * @return the message; the event itself if it is in no envelope, as one about a gap
     */
    public static Event open(Event event) {
        if (event.event().isPresent() || event.data().isEmpty()) {
            return event;
        }
        try (JsonReader reader = Json.createReader(new StringReader(event.data().get()))) {
            JsonObject message = reader.readObject();
            return text(message, "channel").isEmpty()
                    ? event
                    : new Event(event.id(), text(message, "event"), text(message, "data"), comments(message),
                            text(message, "channel"));
        } catch (JsonException e) {
            return event;
        }
    }

    private static Optional<String> text(JsonObject message, String name) {
        return message.get(name) instanceof JsonString text ? Optional.of(text.getString()) : Optional.empty();
    }

    private static List<String> comments(JsonObject message) {
        return message.get("comment") instanceof JsonArray texts
                ? texts.stream().filter(JsonString.class::isInstance).map(text -> ((JsonString) text).getString())
                        .toList()
                : List.of();
    }
}
