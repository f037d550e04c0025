package dev.tinysse.server.body;

import dev.tinysse.api.Message;
import dev.tinysse.server.routing.BadRequestException;
import dev.tinysse.server.routing.FormFields;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads a message from a form. An empty id, event or data counts as absent, as an HTML form sends inputs that nobody has
 * filled in; but an empty data beside an event is one, since a browser fires no event without. {@code comment} may be repeated.
 */
final class FormMessages {
    private FormMessages() {}

    /** Reads a message; {@code channels} says whether the field of that name is known, which counts also when it is empty. */
    static PostedMessage read(byte[] body, boolean channels) throws BadRequestException {
        List<FormFields.Field> fields = FormFields.parse(body)
                .orElseThrow(() -> new BadRequestException("form is not UTF-8"));
        List<String> comments = new ArrayList<>();
        Map<String, String> texts = new HashMap<>();
        for (FormFields.Field field : fields) {
            switch (field.name()) {
                case "id", "event", "data" -> putOnce(texts, field);
                case "channel" -> {
                    if (channels) {
                        putOnce(texts, field);
                    }
                }
                case "comment" -> comments.add(field.value());
                default -> PostedMessage.logUnknown(field.name());
            }
        }
        return new PostedMessage(message(texts).comments(comments).build(), Optional.ofNullable(texts.get("channel")));
    }

    private static void putOnce(Map<String, String> texts, FormFields.Field field) throws BadRequestException {
        if (texts.put(field.name(), field.value()) != null) {
            throw new BadRequestException("field \"" + field.name() + "\" occurs twice");
        }
    }

    private static Message.Builder message(Map<String, String> texts) {
        Message.Builder message = Message.builder();
        filledIn(texts, "id").ifPresent(message::id);
        Optional<String> event = filledIn(texts, "event");
        event.ifPresent(message::event);
        filledIn(texts, "data").or(() -> event.flatMap(any -> Optional.ofNullable(texts.get("data"))))
                .ifPresent(message::data);
        return message;
    }

    private static Optional<String> filledIn(Map<String, String> texts, String name) {
        return Optional.ofNullable(texts.get(name)).filter(text -> !text.isEmpty());
    }
}
