package dev.tinysse.server.sse;

import dev.tinysse.api.Message;
import dev.tinysse.api.internal.JsonText;
import dev.tinysse.broker.stream.Gap;
import dev.tinysse.broker.stream.PresenceChange;
import java.util.List;

/** The JSON that event streams have as data: envelopes, gaps, joins and leaves, each on one line. Pure functions. */
final class EventJson {
    private static final String GAP_EVENT = "tinysse.gap";
    private static final String JOIN_EVENT = "tinysse.join";
    private static final String LEAVE_EVENT = "tinysse.leave";

    private EventJson() {}

    /** The event that stands for a message and names its channel. */
    static Message envelope(String channel, Message message) {
        StringBuilder json = new StringBuilder(64 + message.data().map(String::length).orElse(0)).append('{');
        member(json, "channel", channel);
        message.id().ifPresent(id -> member(json, "id", id));
        message.event().ifPresent(event -> member(json, "event", event));
        message.data().ifPresent(data -> member(json, "data", data));
        if (!message.comments().isEmpty()) {
            member(json, "comment", message.comments());
        }
        Message.Builder event = Message.builder().data(json.append('}').toString());
        message.id().ifPresent(event::id);
        return event.build();
    }

    /** The event that tells of a gap. */
    static Message gap(Gap gap) {
        StringBuilder json = new StringBuilder(64).append('{');
        gap.after().ifPresent(after -> member(json, "after", after));
        member(json, "reason", gap.reason().toString());
        member(json, "channels", gap.channels());
        Message.Builder event = Message.builder().event(GAP_EVENT).data(json.append('}').toString());
        gap.id().ifPresent(event::id);
        return event.build();
    }

    /** The event that tells who has come or gone. */
    static Message presence(PresenceChange change) {
        StringBuilder json = new StringBuilder(64).append('{');
        member(json, "channel", change.channel());
        member(json, "sub", change.sub());
        name(json, "count");
        return Message.builder().event(change.joined() ? JOIN_EVENT : LEAVE_EVENT)
                .data(json.append(change.count()).append('}').toString()).build();
    }

    private static void member(StringBuilder json, String name, String value) {
        name(json, name);
        JsonText.appendString(json, value);
    }

    private static void member(StringBuilder json, String name, List<String> values) {
        name(json, name);
        json.append('[');
        for (String value : values) {
            if (json.charAt(json.length() - 1) != '[') {
                json.append(',');
            }
            JsonText.appendString(json, value);
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
