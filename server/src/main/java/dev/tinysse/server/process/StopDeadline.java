package dev.tinysse.server.process;

import dev.tinysse.cli.ExitStatus;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Ends the process if a stop does not: a thread that is stuck may hold a lock that the stop waits for. */
final class StopDeadline {
    /** How long a stop may take to close what is left behind the drain. */
    private static final Duration CLOSING = Duration.ofSeconds(3);
    /** How long the last line of the log may take: its reader may be stuck, too. */
    private static final Duration LAST_LINE = Duration.ofSeconds(1);

    private StopDeadline() {}

    /**
     * Ends the process with status 1 if it still runs some seconds after the drain timeout.
     *
     * @param stopping the thread that carries out the stop
     */
    static void begin(Duration drainTimeout, Thread stopping) {
        Thread.ofPlatform().daemon().name("tinysse-stop-deadline").start(() -> {
            try {
                Thread.sleep(drainTimeout.plus(CLOSING));
                Thread.ofPlatform().daemon().start(() -> log(drainTimeout, stopping)).join(LAST_LINE);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                Runtime.getRuntime().halt(ExitStatus.FAILED);
            }
        });
    }

    private static void log(Duration drainTimeout, Thread stopping) {
        System.getLogger("tinysse").log(Level.ERROR,
                "stop is stuck, exiting: drain-timeout=%dms stack=\"%s\"".formatted(
                        drainTimeout.toMillis(),
                        Arrays.stream(stopping.getStackTrace()).map(StackTraceElement::toString)
                                .collect(Collectors.joining(" < "))));
    }
}
