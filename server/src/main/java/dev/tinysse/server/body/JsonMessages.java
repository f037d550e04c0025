package dev.tinysse.server.body;

import dev.tinysse.api.Message;
import dev.tinysse.server.routing.BadRequestException;
import dev.tinysse.server.routing.Utf8;
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
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Reads a message, and perhaps its channel, from a JSON object. Unknown members are ignored, null counts as absent, and no name may occur twice. */
final class JsonMessages {
    private static final int MAX_DEPTH = 100;
    private static final JsonParserFactory PARSERS = JsonProvider.provider().createParserFactory(Map.of());

    private final JsonParser parser;
    private final boolean channels;
    private final Message.Builder message = Message.builder();
    private Optional<String> channel = Optional.empty();

    private JsonMessages(JsonParser parser, boolean channels) {
        this.parser = parser;
        this.channels = channels;
    }

    /** Reads a message; {@code channels} says whether the member of that name is known. */
    static PostedMessage read(byte[] body, boolean channels) throws BadRequestException {
        String text = Utf8.decode(body).orElseThrow(() -> new BadRequestException("body is not UTF-8"));
        try (JsonParser parser = PARSERS.createParser(new StringReader(text))) {
            return new JsonMessages(parser, channels).read();
        } catch (JsonException | NoSuchElementException | IllegalStateException e) {
            throw new BadRequestException("malformed JSON");
        }
    }

    private PostedMessage read() throws BadRequestException {
        if (parser.next() != Event.START_OBJECT) {
            throw new BadRequestException("expected a JSON object");
        }
        Set<String> seen = new HashSet<>();
        while (parser.next() == Event.KEY_NAME) {
            String name = parser.getString();
            if (!seen.add(name)) {
                throw new BadRequestException("field \"" + name + "\" occurs twice");
            }
            member(name, parser.next());
        }
        if (parser.hasNext()) {
            throw new BadRequestException("trailing data after JSON");
        }
        return new PostedMessage(message.build(), channel);
    }

    private void member(String name, Event value) throws BadRequestException {
        switch (name) {
            case "id" -> text(name, value, message::id);
            case "event" -> text(name, value, message::event);
            case "data" -> text(name, value, message::data);
            case "comment" -> comments(value);
            case "channel" -> channel(value);
            default -> {
                PostedMessage.logUnknown(name);
                skip(value);
            }
        }
    }

    private void text(String name, Event value, Consumer<String> field) throws BadRequestException {
        switch (value) {
            case VALUE_STRING -> field.accept(parser.getString());
            case VALUE_NULL -> {
            }
            default -> throw new BadRequestException("field \"" + name + "\" must be a string");
        }
    }

    private void channel(Event value) throws BadRequestException {
        if (channels) {
            text("channel", value, name -> channel = Optional.of(name));
        } else {
            skip(value);
        }
    }

    private void comments(Event value) throws BadRequestException {
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
            throw new BadRequestException("field \"comment\" must be an array of strings");
        }
        message.comments(comments);
    }

    private void skip(Event value) throws BadRequestException {
        int depth = 0;
        for (Event event = value;; event = parser.next()) {
            switch (event) {
                case START_OBJECT, START_ARRAY -> depth++;
                case END_OBJECT, END_ARRAY -> depth--;
                default -> {
                }
            }
            if (depth > MAX_DEPTH) {
                throw new BadRequestException("JSON is nested too deep");
            }
            if (depth == 0) {
                return;
            }
        }
    }
}
