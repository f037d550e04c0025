package dev.tinysse.server.sse;

import dev.tinysse.api.Message;
import java.util.Arrays;
import java.util.Optional;

/** Says what a parser has to make of a message. */
public final class Blocks {
    private Blocks() {}

    /** The block of a message: the same text, with line feeds for all line breaks, and a comment for each comment line. */
    public static EventStreamParser.Block of(Message message) {
        return new EventStreamParser.Block(message.id(), message.event(), message.data().map(Blocks::lineFeeds),
                message.comments().stream().flatMap(comment -> Arrays.stream(lineFeeds(comment).split("\n", -1)))
                        .toList(),
                Optional.empty());
    }

    private static String lineFeeds(String text) {
        return text.replace("\r\n", "\n").replace('\r', '\n');
    }
}
