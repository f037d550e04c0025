package dev.tinysse.broker.hooks;

import dev.tinysse.api.Hook;
import dev.tinysse.broker.figures.Figure;
import dev.tinysse.broker.figures.Timings;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/** How long hooks took, and how often they failed. Safe for any thread. */
final class HookFigures {
    private final List<Calls> calls = Stream.of(Hook.values()).map(_ -> new Calls(new Timings(), new AtomicLong()))
            .toList();

    /** The calls of one hook. */
    private record Calls(Timings timings, AtomicLong errors) {}

    private Calls calls(Hook hook) {
        return calls.get(hook.ordinal());
    }

    void took(Hook hook, long nanos) {
        calls(hook).timings.add(nanos);
    }

    void failed(Hook hook) {
        calls(hook).errors.getAndIncrement();
    }

    List<Figure> figures() {
        Figure.Builder seconds = Figure.of(Figure.Kind.HISTOGRAM, "tinysse_hook_seconds",
                "Duration of hook calls, waits included");
        Figure.Builder failures = Figure.of(Figure.Kind.COUNTER, "tinysse_hook_errors", "Failed hook calls");
        for (Hook hook : Hook.values()) {
            String name = hook.name().toLowerCase(Locale.ROOT);
            seconds.add(calls(hook).timings.distribution(), "hook", name);
            failures.add(calls(hook).errors.get(), "hook", name);
        }
        return List.of(seconds.build(), failures.build());
    }
}
