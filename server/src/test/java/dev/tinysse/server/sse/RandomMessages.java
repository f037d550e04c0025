package dev.tinysse.server.sse;

import dev.tinysse.api.Message;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** Any message that can be: all of Unicode, control characters, line breaks of every kind, empty texts, absent fields. */
public final class RandomMessages {
    private static final List<String> SPECIAL = List.of("\r", "\n", "\r\n", "\n\r", " ", ":", "data: x", "id", "\0",
            "\t",
            "\u0085", "\u2028", "\u2029", "\uFEFF", "\u000B", "\u000C", "\u001B", "\uFFFF", "\uD83D\uDE00", "\\", "\"",
            "&",
            "=", "%", "+");

    private final Random random;

    /** The same messages for the same seed. */
    public RandomMessages(long seed) {
        random = new Random(seed);
    }

    /** A message with one field at least. */
    public Message next() {
        Message message = any();
        while (message.isEmpty()) {
            message = any();
        }
        return message;
    }

    private Message any() {
        Message.Builder builder = Message.builder();
        if (random.nextBoolean()) {
            builder.id(oneLine());
        }
        if (random.nextBoolean()) {
            builder.event(oneLine());
        }
        if (random.nextInt(4) > 0) {
            builder.data(text());
        }
        if (random.nextInt(4) == 0) {
            builder.comments(Stream.generate(this::text).limit(random.nextInt(4)).toList());
        }
        return builder.build();
    }

    private String oneLine() {
        return text().replaceAll("[\r\n\0]", "");
    }

    private String text() {
        StringBuilder text = new StringBuilder();
        for (int left = random.nextInt(1 + random.nextInt(20)); left > 0; left--) {
            if (random.nextInt(3) == 0) {
                text.append(SPECIAL.get(random.nextInt(SPECIAL.size())));
            } else {
                text.appendCodePoint(codePoint());
            }
        }
        return text.toString();
    }

    private int codePoint() {
        int limit = switch (random.nextInt(4)) {
            case 0 -> 0x80;
            case 1 -> 0x800;
            case 2 -> 0x10000;
            default -> Character.MAX_CODE_POINT + 1;
        };
        int codePoint = random.nextInt(limit);
        return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE ? 'x' : codePoint;
    }
}
