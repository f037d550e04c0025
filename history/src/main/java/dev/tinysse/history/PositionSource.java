package dev.tinysse.history;

import dev.tinysse.broker.log.Positions;
import java.time.InstantSource;

/** Gives positions, and marks of drops, which rise together. Safe for any thread. */
final class PositionSource {
    private final Positions positions;

    PositionSource(InstantSource clock) {
        positions = new Positions(clock, 0);
    }

    synchronized long next() {
        return positions.next();
    }

    synchronized long last() {
        return positions.last();
    }

    /** Makes sure that all further ones are behind one. */
    synchronized void advanceTo(long position) {
        positions.advanceTo(position);
    }
}
