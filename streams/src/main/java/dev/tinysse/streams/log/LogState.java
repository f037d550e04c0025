package dev.tinysse.streams.log;

import dev.tinysse.streams.model.LineageClock;
import dev.tinysse.streams.model.LineageEpoch;
import dev.tinysse.streams.model.StoreState;
import java.time.InstantSource;

/** What the streams of a log have in common: time, numbers, and whether the log drains. Any thread may call any method. */
final class LogState {
    private final InstantSource clock;
    private final LineageClock numbers;
    private volatile boolean draining;

    /** The state of an empty log. */
    LogState(InstantSource clock) {
        this.clock = clock;
        this.numbers = new LineageClock(clock, 0);
    }

    /** Milliseconds since 1970. */
    long now() {
        return clock.millis();
    }

    LineageEpoch epoch() {
        return numbers.epoch();
    }

    boolean isDraining() {
        return draining;
    }

    void drain() {
        draining = true;
    }

    /** What decisions have to know, where there is room for a request or is not. */
    StoreState store(boolean room) {
        return new Store(numbers, !room);
    }

    private record Store(LineageClock numbers, boolean full) implements StoreState {
        @Override
        public long next() {
            return numbers.next();
        }

        @Override
        public LineageEpoch epoch() {
            return numbers.epoch();
        }
    }
}
