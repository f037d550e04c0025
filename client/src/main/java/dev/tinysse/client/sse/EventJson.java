package dev.tinysse.client.sse;

import dev.tinysse.api.internal.JsonText;
import java.util.List;

/** An event, or a message to publish, as one line of JSON. Pure functions. */
public final class EventJson {
    private EventJson() {}

    /** {@return the event as an object without a line break; what it does not have is left out} */
    public static String of(Event event) {
        StringBuilder json = new StringBuilder(64 + event.data().map(String::length).orElse(0)).append('{');
        event.channel().ifPresent(channel -> member(json, "channel", channel));
        event.id().ifPresent(id -> member(json, "id", id));
        event.event().ifPresent(name -> member(json, "event", name));
        event.data().ifPresent(data -> member(json, "data", data));
        if (!event.comments().isEmpty()) {
            comments(json, event.comments());
        }
        return json.append('}').toString();
    }

    private static void member(StringBuilder json, String name, String value) {
        name(json, name);
        JsonText.appendString(json, value);
    }

    private static void comments(StringBuilder json, List<String> comments) {
        name(json, "comment");
        json.append('[');
        for (int i = 0; i < comments.size(); i++) {
            if (i > 0) {
                json.append(',');
            }
            JsonText.appendString(json, comments.get(i));
        }
        json.append(']');
    }

    private static void name(StringBuilder json, String name) {
        if (json.length() > 1) {
            json.append(',');
        }
        JsonText.appendString(json, name);
        json.append(':');
    }
}
