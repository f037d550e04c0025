package dev.tinysse.admin;

import dev.tinysse.api.Message;
import dev.tinysse.api.internal.Json;
import java.util.List;

/** The JSON of a live view, on one line. Long texts are cut off: a person reads them. Pure functions. */
final class LiveJson {
    private static final int MAX_LENGTH = 2000;
    private static final int MAX_COMMENTS = 10;

    private LiveJson() {}

    static String of(NewestMessages.Batch batch) {
        return new Json().raw("messages", Json.array(batch.messages().stream().map(LiveJson::of).toList()))
                .add("skipped", batch.skipped()).toString();
    }

    private static String of(NewestMessages.Seen seen) {
        Message message = seen.publication().message();
        Json json = new Json().add("time", seen.time()).add("channel", seen.publication().channel());
        message.id().ifPresent(id -> json.add("id", cut(id)));
        message.event().ifPresent(event -> json.add("event", cut(event)));
        message.data().ifPresent(data -> json.add("data", cut(data)));
        List<String> comments = message.comments();
        if (!comments.isEmpty()) {
            json.add("comment", comments.stream().limit(MAX_COMMENTS).map(LiveJson::cut).toList());
        }
        if (comments.size() > MAX_COMMENTS || isLong(message)) {
            json.raw("cut", "true");
        }
        return json.toString();
    }

    private static boolean isLong(Message message) {
        return message.data().filter(data -> data.length() > MAX_LENGTH).isPresent()
                || message.comments().stream().anyMatch(comment -> comment.length() > MAX_LENGTH);
    }

    private static String cut(String text) {
        if (text.length() <= MAX_LENGTH) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(MAX_LENGTH - 1)) ? MAX_LENGTH - 1 : MAX_LENGTH;
        return text.substring(0, end);
    }
}
