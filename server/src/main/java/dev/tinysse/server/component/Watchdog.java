package dev.tinysse.server.component;

import dev.tinysse.broker.progress.LoopProgress;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

/**
 * Notices event loops that are busy with the same turn for some seconds, logs that, and logs when they turn again. Any thread may call it,
 * but for {@link #look}.
 *
 * <p>It counts its own looks, and not the time: while the process is stopped, or a collection of garbage stops all threads, it does not
 * look either.
 */
public final class Watchdog implements Component {
    private static final Logger LOG = System.getLogger("tinysse");
    private static final Duration PAUSE = Duration.ofSeconds(1);
    /** The looks at a loop in the same turn after which it counts as stuck. */
    static final int LOOKS = 5;
    private static final int MAX_FRAMES = 40;

    private final List<Watched> loops = new CopyOnWriteArrayList<>();
    private volatile boolean closed;

    /** A loop, as far as it had come at the last look. */
    private static final class Watched {
        final LoopProgress loop;
        long turns;
        /** At the present turn, while the loop was busy with it. */
        int looks;
        volatile boolean stuck;

        Watched(LoopProgress loop) {
            this.loop = loop;
        }
    }

    /** Watches these loops, too. */
    public void watch(List<LoopProgress> more) {
        more.forEach(loop -> loops.add(new Watched(loop)));
    }

    /** Looks once a second from now on, on a platform thread: virtual threads may have to wait for one that is stuck. */
    @Override
    public void start() {
        Thread.ofPlatform().daemon().name("tinysse-watchdog")
                .start(() -> ServiceLoop.run("watchdog", () -> !closed, () -> {
                    Thread.sleep(PAUSE);
                    look();
                }));
    }

    /** {@return the names of the threads whose loops are stuck} */
    public List<String> stuck() {
        return loops.stream().filter(watched -> watched.stuck).map(watched -> watched.loop.name()).toList();
    }

    /** Looks at all loops. For one thread. */
    void look() {
        loops.forEach(Watchdog::look);
    }

    private static void look(Watched watched) {
        long turns = watched.loop.turns();
        if (LoopProgress.isBusy(turns) && turns == watched.turns) {
            watched.looks++;
            if (watched.looks == LOOKS) {
                watched.stuck = true;
                LOG.log(Level.ERROR,
                        "thread is stuck, restart the server if it remains stuck: thread=%s seconds=%d stack=\"%s\""
                                .formatted(watched.loop.name(), LOOKS, text(watched.loop.stack())));
            }
            return;
        }
        if (watched.stuck) {
            watched.stuck = false;
            LOG.log(Level.WARNING, "thread is no longer stuck: thread=%s seconds=%d".formatted(watched.loop.name(),
                    watched.looks));
        }
        watched.turns = turns;
        watched.looks = 0;
    }

    private static String text(StackTraceElement[] stack) {
        return Arrays.stream(stack).limit(MAX_FRAMES).map(StackTraceElement::toString)
                .collect(Collectors.joining(" < "));
    }

    /** Looks no more. */
    @Override
    public void stop(Deadline deadline) {
        closed = true;
    }
}
