package dev.tinysse.cluster.redis;

/** Ends requests whose time is up. Run by one thread. */
final class Deadlines implements Runnable {
    private static final long LOOK_MILLIS = 50;

    private final Appender appender;
    private volatile boolean closed;

    Deadlines(Appender appender) {
        this.appender = appender;
    }

    void close() {
        closed = true;
    }

    @Override
    public void run() {
        while (!closed || appender.isAwaited()) {
            appender.endOverdue();
            try {
                Thread.sleep(LOOK_MILLIS);
            } catch (InterruptedException e) {
                // closed; those that are left still end in time
            }
        }
    }
}
