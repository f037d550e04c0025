package dev.tinysse.broker.log;

import java.util.List;

/**
 * What a reader can no longer have.
 *
 * @param channels names of channels that have dropped some of it, sorted; a channel that has been forgotten counts as one that has,
 *        if that cannot be excluded, under its name or the pattern that was asked for
 * @param mark of this moment: whoever has been told of this asks with it the next time
 */
public record Dropped(List<String> channels, long mark) {
    /** Copies the names. */
    public Dropped {
        channels = List.copyOf(channels);
    }

    /** {@return whether nothing is missing} */
    public boolean isEmpty() {
        return channels.isEmpty();
    }
}
