package dev.tinysse.broker.hooks;

import dev.tinysse.api.Hook;
import dev.tinysse.api.Hooks;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/** Hooks, and how many calls of them are under way, so that they are closed after the last one. Safe for any thread. */
final class HooksInUse {
    private final Hooks hooks;
    private final Set<Hook> defined = EnumSet.noneOf(Hook.class);
    /** The calls under way, and one more as long as others may begin. */
    private final AtomicLong users = new AtomicLong(1);

    HooksInUse(Hooks hooks) {
        this.hooks = hooks;
        this.defined.addAll(hooks.defined());
    }

    Hooks hooks() {
        return hooks;
    }

    Set<Hook> defined() {
        return defined;
    }

    /** Whether a call may begin, which then has to {@link #end}. */
    boolean tryBegin() {
        long before = users.get();
        while (before > 0 && !users.compareAndSet(before, before + 1)) {
            before = users.get();
        }
        return before > 0;
    }

    /** A call has returned, or no more calls may begin; closes the hooks if that was the last. */
    void end() {
        if (users.decrementAndGet() == 0) {
            hooks.close();
        }
    }
}
