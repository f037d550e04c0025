package dev.tinysse.server.http;

import dev.tinysse.api.Message;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Reads a message from a form. An empty id, event or data counts as absent, as an HTML form sends inputs that nobody has
 * filled in; {@code comment} may be repeated.
 */
final class FormMessages {
    private FormMessages() {}

    static Message read(byte[] body) throws BadMessageException {
        List<FormFields.Field> fields = FormFields.parse(body)
                .orElseThrow(() -> new BadMessageException("form is not UTF-8"));
        Message.Builder message = Message.builder();
        List<String> comments = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (FormFields.Field field : fields) {
            switch (field.name()) {
                case "id", "event", "data" -> {
                    if (!seen.add(field.name())) {
                        throw new BadMessageException("field \"" + field.name() + "\" occurs twice");
                    }
                    set(message, field);
                }
                case "comment" -> comments.add(field.value());
                default -> {
                }
            }
        }
        return message.comments(comments).build();
    }

    private static void set(Message.Builder message, FormFields.Field field) {
        if (!field.value().isEmpty()) {
            switch (field.name()) {
                case "id" -> message.id(field.value());
                case "event" -> message.event(field.value());
                default -> message.data(field.value());
            }
        }
    }
}
