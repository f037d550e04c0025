package dev.tinysse.server.component;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.function.BooleanSupplier;

/**
 * Repeats a step until it is stopped, whatever the step throws, Errors included: a thread that has died of one would leave
 * a server that looks well and does a part of its work no more. For the thread that runs it alone.
 */
public final class ServiceLoop {
    private static final Logger LOG = System.getLogger("tinysse");
    private static final long PAUSE_MILLIS = 100;

    /** The repeated action. */
    public interface Step {
        /**
         * Does it once.
         *
         * @throws Exception if it failed; after an {@link InterruptedException} it is not repeated
         */
        void run() throws Exception;
    }

    private ServiceLoop() {}

    /**
     * Runs the loop to its end. After a failure it pauses for a tenth of a second, and logs the first of a row.
     *
     * @param name for the log
     * @param condition whether to continue, asked before each step
     * @param step repeated
     */
    public static void run(String name, BooleanSupplier condition, Step step) {
        boolean failing = false;
        while (condition.getAsBoolean()) {
            try {
                step.run();
                failing = false;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } catch (Throwable e) {
                if (condition.getAsBoolean()) { // or what the step works with has been closed
                    survive(name, e, failing);
                    failing = true;
                }
            }
        }
    }

    private static void survive(String name, Throwable failure, boolean again) {
        try {
            if (!again) {
                LOG.log(Level.ERROR, name + " loop failed, continuing: " + failure, failure);
            }
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the next step that waits ends the loop
        } catch (Throwable e) {
            // there is no memory even for the log; the next step may find some
        }
    }
}
