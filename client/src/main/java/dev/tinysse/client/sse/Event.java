package dev.tinysse.client.sse;

import java.util.List;
import java.util.Optional;

/**
 * The lines between two empty lines of an event stream.
 *
 * @param id the value of its {@code id:}
 * @param event the value of its {@code event:}, if that is not empty
 * @param data the values of its {@code data:}, with line feeds between them
 * @param comments its comments
 * @param channel where it was published, if an envelope tells that
 */
public record Event(Optional<String> id, Optional<String> event, Optional<String> data, List<String> comments,
        Optional<String> channel) {
    /** The event that tells of a gap. */
    public static final String GAP = "tinysse.gap";
    /** The name of an event without a name. */
    public static final String MESSAGE = "message";

    /** {@return the name by which a browser dispatches it} */
    public String name() {
        return event.orElse(MESSAGE);
    }

    /** {@return whether it is a gap: messages were lost} */
    public boolean isGap() {
        return name().equals(GAP);
    }
}
