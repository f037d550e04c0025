package dev.tinysse.broker.hooks;

import dev.tinysse.api.Hook;
import dev.tinysse.broker.figures.Figure;
import dev.tinysse.broker.figures.Timings;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** How long hooks took, and how often they failed. Safe for any thread. */
final class HookFigures {
    private final Map<Hook, Timings> timings = new EnumMap<>(Hook.class);
    private final Map<Hook, AtomicLong> errors = new EnumMap<>(Hook.class);

    HookFigures() {
        for (Hook hook : Hook.values()) {
            timings.put(hook, new Timings());
            errors.put(hook, new AtomicLong());
        }
    }

    void took(Hook hook, long nanos) {
        timings.get(hook).add(nanos);
    }

    void failed(Hook hook) {
        errors.get(hook).getAndIncrement();
    }

    List<Figure> figures() {
        Figure.Builder seconds = Figure.of(Figure.Kind.HISTOGRAM, "tinysse_hook_seconds",
                "Duration of hook calls, waits included");
        Figure.Builder failures = Figure.of(Figure.Kind.COUNTER, "tinysse_hook_errors", "Failed hook calls");
        for (Hook hook : Hook.values()) {
            String name = hook.name().toLowerCase(Locale.ROOT);
            seconds.add(timings.get(hook).distribution(), "hook", name);
            failures.add(errors.get(hook).get(), "hook", name);
        }
        return List.of(seconds.build(), failures.build());
    }
}
