package dev.tinysse.broker.dispatch;

import java.nio.channels.Selector;
import java.util.concurrent.atomic.AtomicBoolean;

/** Wakes a thread that waits in a selector. Safe for any thread; {@link #awake} is for the waiting one. */
public final class Wakeup {
    private final Selector selector;
    private final AtomicBoolean signalled = new AtomicBoolean();

    /** Wakes the thread that waits in this selector. */
    public Wakeup(Selector selector) {
        this.selector = selector;
    }

    /** Wakes the thread. Cheap when it has been woken already. */
    public void signal() {
        if (!signalled.get() && !signalled.getAndSet(true)) {
            selector.wakeup();
        }
    }

    /** The thread is awake, and looks at everything that was added before. */
    public void awake() {
        signalled.set(false);
    }

    /** Lets the thread not wait the next time, whatever happened before. */
    public void again() {
        signalled.set(true);
        selector.wakeup();
    }
}
