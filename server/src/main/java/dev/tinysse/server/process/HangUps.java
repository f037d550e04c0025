package dev.tinysse.server.process;

import dev.tinysse.server.component.Component;
import dev.tinysse.server.component.Deadline;
import dev.tinysse.server.component.Reloadable;
import java.util.ArrayList;
import java.util.List;

/** What reads its files again on SIGHUP: one after the other, on the signal's thread. Filled before it starts. */
public final class HangUps implements Component {
    private final List<Reloadable> all = new ArrayList<>();

    /** Adds one. The signal does nothing as long as nothing has been added. */
    public void add(Reloadable reloadable) {
        all.add(reloadable);
    }

    @Override
    public void start() {
        if (!all.isEmpty()) {
            Signals.onHangUp(() -> all.forEach(Reloadable::reload));
        }
    }

    @Override
    public void stop(Deadline deadline) {
        if (!all.isEmpty()) {
            Signals.ignoreHangUp();
        }
    }
}
