package dev.tinysse.server;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The actions on SIGHUP: one thing after the other, on the signal's thread. Any thread may call it. */
final class HangUps {
    private final List<Runnable> actions = new CopyOnWriteArrayList<>();

    /** Runs this, too, from now on. The signal does nothing as long as nothing has been added. */
    void add(Runnable action) {
        actions.add(action);
        Signals.onHangUp(() -> actions.forEach(Runnable::run));
    }
}
