package dev.tinysse.broker.dispatch;

/** A clock for intervals: nanoseconds that never go back. Safe for any thread. */
public interface NanoClock {
    /** The clock of {@link System#nanoTime}. */
    NanoClock SYSTEM = System::nanoTime;

    /** {@return the time in nanoseconds since an arbitrary moment} */
    long nanos();
}
