package dev.tinysse.broker.log;

import java.util.List;

/**
 * The positions that a reader can no longer read.
 *
 * @param channels names of channels that have dropped some of it, sorted; a channel that has been forgotten counts as one that has,
 *        if that cannot be excluded, under its name or the requested pattern
 * @param watermark the loss watermark of this moment, to pass with the next call
 */
public record Dropped(List<String> channels, long watermark) {
    /** Copies the names. */
    public Dropped {
        channels = List.copyOf(channels);
    }

    /** {@return whether nothing is missing} */
    public boolean isEmpty() {
        return channels.isEmpty();
    }
}
