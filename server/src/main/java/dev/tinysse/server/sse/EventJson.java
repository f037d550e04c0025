package dev.tinysse.server.sse;

import dev.tinysse.api.Message;
import dev.tinysse.api.internal.Json;
import dev.tinysse.broker.stream.Gap;
import dev.tinysse.broker.stream.PresenceChange;

/** The JSON that event streams have as data: envelopes, gaps, joins and leaves, each on one line. Pure functions. */
final class EventJson {
    private static final String GAP_EVENT = "tinysse.gap";
    private static final String JOIN_EVENT = "tinysse.join";
    private static final String LEAVE_EVENT = "tinysse.leave";

    private EventJson() {}

    /** The event that stands for a message and names its channel. */
    static Message envelope(String channel, Message message) {
        Json json = new Json(64 + message.data().map(String::length).orElse(0)).add("channel", channel)
                .addPresent("id", message.id()).addPresent("event", message.event())
                .addPresent("data", message.data());
        if (!message.comments().isEmpty()) {
            json.add("comment", message.comments());
        }
        Message.Builder event = Message.builder().data(json.toString());
        message.id().ifPresent(event::id);
        return event.build();
    }

    /** The event that tells of a gap. */
    static Message gap(Gap gap) {
        Json json = new Json().addPresent("after", gap.after()).add("reason", gap.reason().toString()).add("channels",
                gap.channels());
        Message.Builder event = Message.builder().event(GAP_EVENT).data(json.toString());
        gap.id().ifPresent(event::id);
        return event.build();
    }

    /** The event that tells who has come or gone. */
    static Message presence(PresenceChange change) {
        Json json = new Json().add("channel", change.channel()).add("sub", change.sub()).add("count", change.count());
        return Message.builder().event(change.joined() ? JOIN_EVENT : LEAVE_EVENT).data(json.toString()).build();
    }
}
