package dev.tinysse.lua.memory;

/** A clock that stands still while somebody collects garbage to see what is live. Any thread may ask. */
public final class WorkClock {

    private static final WorkClock OF_JVM = new WorkClock();

    /** @param since when it began to stand still, meaningless if it goes; {@code before}: how long it had stood until then */
    private record State(boolean still, long since, long before) {}

    private volatile State state = new State(false, 0, 0);

    /** The one that looks at the heap of this JVM stop. */
    public static WorkClock ofJvm() {
        return OF_JVM;
    }

    /** Nanoseconds from an arbitrary moment, as those of {@link System#nanoTime}. */
    public long nanos() {
        while (true) {
            State seen = state;
            long now = seen.still ? seen.since : System.nanoTime();
            if (state == seen) {
                return now - seen.before;
            }
        }
    }

    /** Stops the clock; one at a time may. */
    void stop() {
        state = new State(true, System.nanoTime(), state.before);
    }

    /** Lets the clock go on. */
    void go() {
        State stopped = state;
        state = new State(false, 0, stopped.before + System.nanoTime() - stopped.since);
    }
}
