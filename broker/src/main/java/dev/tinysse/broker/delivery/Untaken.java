package dev.tinysse.broker.delivery;

/**
 * The messages that some subscriber could not take yet.
 *
 * @param messages how many
 * @param weight their weight in all
 */
record Untaken(long messages, long weight) {
    static final Untaken NOTHING = new Untaken(0, 0);

    /** This, or what a subscriber has left if that is more. */
    Untaken orOf(Subscriber subscriber) {
        return subscriber.left() > messages ? new Untaken(subscriber.left(), subscriber.weightLeft()) : this;
    }
}
