package dev.tinysse.server.http;

import dev.tinysse.api.Message;
import jakarta.json.JsonException;
import jakarta.json.spi.JsonProvider;
import jakarta.json.stream.JsonParser;
import jakarta.json.stream.JsonParser.Event;
import jakarta.json.stream.JsonParserFactory;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.function.Consumer;

/** Reads a message from a JSON object. Unknown members are ignored, null counts as absent, and no name may occur twice. */
final class JsonMessages {
    private static final int MAX_DEPTH = 100;
    private static final JsonParserFactory PARSERS = JsonProvider.provider().createParserFactory(Map.of());

    private final JsonParser parser;
    private final Message.Builder message = Message.builder();

    private JsonMessages(JsonParser parser) {
        this.parser = parser;
    }

    static Message read(byte[] body) throws BadMessageException {
        String text = Utf8.decode(body).orElseThrow(() -> new BadMessageException("body is not UTF-8"));
        try (JsonParser parser = PARSERS.createParser(new StringReader(text))) {
            return new JsonMessages(parser).read();
        } catch (JsonException | NoSuchElementException | IllegalStateException e) {
            throw new BadMessageException("malformed JSON");
        }
    }

    private Message read() throws BadMessageException {
        if (parser.next() != Event.START_OBJECT) {
            throw new BadMessageException("expected a JSON object");
        }
        Set<String> seen = new HashSet<>();
        while (parser.next() == Event.KEY_NAME) {
            String name = parser.getString();
            if (!seen.add(name)) {
                throw new BadMessageException("field \"" + name + "\" occurs twice");
            }
            member(name, parser.next());
        }
        if (parser.hasNext()) {
            throw new BadMessageException("trailing data after JSON");
        }
        return message.build();
    }

    private void member(String name, Event value) throws BadMessageException {
        switch (name) {
            case "id" -> text(name, value, message::id);
            case "event" -> text(name, value, message::event);
            case "data" -> text(name, value, message::data);
            case "comment" -> comments(value);
            default -> skip(value);
        }
    }

    private void text(String name, Event value, Consumer<String> field) throws BadMessageException {
        switch (value) {
            case VALUE_STRING -> field.accept(parser.getString());
            case VALUE_NULL -> {
            }
            default -> throw new BadMessageException("field \"" + name + "\" must be a string");
        }
    }

    private void comments(Event value) throws BadMessageException {
        if (value == Event.VALUE_NULL) {
            return;
        }
        List<String> comments = new ArrayList<>();
        Event next = value == Event.START_ARRAY ? parser.next() : value;
        while (value == Event.START_ARRAY && next == Event.VALUE_STRING) {
            comments.add(parser.getString());
            next = parser.next();
        }
        if (value != Event.START_ARRAY || next != Event.END_ARRAY) {
            throw new BadMessageException("field \"comment\" must be an array of strings");
        }
        message.comments(comments);
    }

    private void skip(Event value) throws BadMessageException {
        int depth = 0;
        for (Event event = value;; event = parser.next()) {
            switch (event) {
                case START_OBJECT, START_ARRAY -> depth++;
                case END_OBJECT, END_ARRAY -> depth--;
                default -> {
                }
            }
            if (depth > MAX_DEPTH) {
                throw new BadMessageException("JSON is nested too deep");
            }
            if (depth == 0) {
                return;
            }
        }
    }
}
