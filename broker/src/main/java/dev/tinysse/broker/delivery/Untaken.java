package dev.tinysse.broker.delivery;

/**
 * The messages that some stream could not take yet.
 *
 * @param messages how many
 * @param weight their weight in all
 */
record Untaken(long messages, long weight) {
    static final Untaken NOTHING = new Untaken(0, 0);

    /** This, or what a stream has left if that is more. */
    Untaken orOf(Stream stream) {
        return stream.left() > messages
                ? new Untaken(stream.left(), stream.ring.weightFrom(stream.cursor))
                : this;
    }
}
