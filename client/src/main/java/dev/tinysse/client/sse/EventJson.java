package dev.tinysse.client.sse;

import dev.tinysse.api.internal.Json;

/** An event, or a message to publish, as one line of JSON. Pure functions. */
public final class EventJson {
    private EventJson() {}

    /** {@return the event as an object without a line break; what it does not have is left out} */
    public static String of(Event event) {
        Json json = new Json(64 + event.data().map(String::length).orElse(0)).addPresent("channel", event.channel())
                .addPresent("id", event.id()).addPresent("event", event.event()).addPresent("data", event.data());
        if (!event.comments().isEmpty()) {
            json.add("comment", event.comments());
        }
        return json.toString();
    }
}
