package dev.tinysse.server.sse;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads an event stream as a browser does, by HTML section 9.2.6, with one difference: it tells of every block that a blank
 * line ends, also of one without data, which a browser would not dispatch, and of comments.
 */
public final class EventStreamParser {
    /**
     * The lines before one blank line.
     *
     * @param id the last {@code id} field
     * @param event the last {@code event} field
     * @param data all {@code data} fields, with line feeds between them
     * @param comments what follows the colon of each comment line
     * @param retry the last {@code retry} field of digits
     */
    public record Block(Optional<String> id, Optional<String> event, Optional<String> data, List<String> comments,
            Optional<String> retry) {}

    private final List<Block> blocks = new ArrayList<>();
    private final StringBuilder data = new StringBuilder();
    private List<String> comments = new ArrayList<>();
    private String id;
    private String event;
    private String retry;
    private boolean hasData;

    private EventStreamParser() {}

    /**
     * Reads a whole stream; what no blank line ends is dropped, as the standard says.
     *
     * @throws IllegalArgumentException if it is not UTF-8
     */
    public static List<Block> parse(byte[] stream) {
        EventStreamParser parser = new EventStreamParser();
        String text = decode(stream);
        int from = text.startsWith("\uFEFF") ? 1 : 0;
        for (int at = from; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == '\r' || c == '\n') {
                parser.line(text.substring(from, at));
                at += c == '\r' && text.startsWith("\n", at + 1) ? 1 : 0;
                from = at + 1;
            }
        }
        return parser.blocks;
    }

    private static String decode(byte[] stream) {
        try {
            return UTF_8.newDecoder().decode(ByteBuffer.wrap(stream)).toString();
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("not UTF-8", e);
        }
    }

    private void line(String line) {
        int colon = line.indexOf(':');
        if (line.isEmpty()) {
            endOfBlock();
        } else if (colon == 0) {
            comments.add(withoutOneSpace(line.substring(1)));
        } else if (colon > 0) {
            field(line.substring(0, colon), withoutOneSpace(line.substring(colon + 1)));
        } else {
            field(line, "");
        }
    }

    private static String withoutOneSpace(String value) {
        return value.startsWith(" ") ? value.substring(1) : value;
    }

    private void field(String name, String value) {
        switch (name) {
            case "event" -> event = value;
            case "data" -> {
                hasData = true;
                data.append(value).append('\n');
            }
            case "id" -> id = value.indexOf(0) < 0 ? value : id;
            case "retry" -> retry = value.chars().allMatch(c -> c >= '0' && c <= '9') ? value : retry;
            default -> {
                // the standard ignores it
            }
        }
    }

    private void endOfBlock() {
        Optional<String> text = hasData ? Optional.of(data.substring(0, data.length() - 1)) : Optional.empty();
        blocks.add(new Block(Optional.ofNullable(id), Optional.ofNullable(event), text, comments,
                Optional.ofNullable(retry)));
        data.setLength(0);
        comments = new ArrayList<>();
        id = null;
        event = null;
        retry = null;
        hasData = false;
    }
}
