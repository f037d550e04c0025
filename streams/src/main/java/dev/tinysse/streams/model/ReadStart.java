package dev.tinysse.streams.model;

import java.util.Optional;

/** Where a reader, or a fork, requests to begin. */
public sealed interface ReadStart {
    /** At the first byte of the stream. */
    record Beginning() implements ReadStart {}

    /** At the tail. */
    record Tail() implements ReadStart {}

    /**
     * At an offset that the server has issued.
     *
     * @param offset not the beginning
     */
    record At(Offset offset) implements ReadStart {}

    /**
     * Reads an offset as clients send it, which may be one of the two reserved values of section 8 of the protocol.
     *
     * @param text not null
     * @return the start; empty if the text is malformed
     */
    static Optional<ReadStart> parse(String text) {
        return switch (text) {
            case "-1" -> Optional.of(new Beginning());
            case "now" -> Optional.of(new Tail());
            default -> Offset.parse(text).map(
                    offset -> offset.equals(Offset.BEGINNING) ? new Beginning() : new At(offset));
        };
    }
}
