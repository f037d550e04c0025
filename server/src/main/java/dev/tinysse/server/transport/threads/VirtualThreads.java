package dev.tinysse.server.transport.threads;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.util.Optional;
import java.util.concurrent.Executor;

/**
 * Makes virtual threads that run where an executor says. The JDK can do that, but has no public method for it: it needs
 * {@code --add-opens java.base/java.lang=dev.tinysse.server}, as the launcher has it. Safe for any thread.
 */
final class VirtualThreads {
    private static final Logger LOG = System.getLogger("tinysse");
    private static final Optional<Scheduling> SCHEDULING = scheduling();

    /**
     * The scheduler of the JDK.
     *
     * @param builder makes a builder of threads with a scheduler
     * @param usual runs all virtual threads that have no scheduler of their own
     */
    private record Scheduling(Constructor<?> builder, Executor usual) {
        Thread.Builder.OfVirtual threads(Executor scheduler) {
            try {
                return (Thread.Builder.OfVirtual) builder.newInstance(scheduler);
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private VirtualThreads() {}

    /** Whether the JDK lets threads have schedulers. Without that, none of the other methods may be called. */
    static boolean haveSchedulers() {
        return SCHEDULING.isPresent();
    }

    /** Starts a thread of a connection. */
    static void start(Executor scheduler, Runnable task) {
        SCHEDULING.orElseThrow().threads(scheduler).name("tinysse-http").start(task);
    }

    /** Runs a virtual thread's task as the JDK does where there is no other scheduler. */
    static void runAsUsual(Runnable task) {
        SCHEDULING.orElseThrow().usual.execute(task);
    }

    private static Optional<Scheduling> scheduling() {
        try {
            Constructor<?> builder = Class.forName("java.lang.ThreadBuilders$VirtualThreadBuilder")
                    .getDeclaredConstructor(Executor.class);
            Method usual = Class.forName("java.lang.VirtualThread").getDeclaredMethod("defaultScheduler");
            builder.setAccessible(true);
            usual.setAccessible(true);
            return Optional.of(new Scheduling(builder, (Executor) usual.invoke(null)));
        } catch (ReflectiveOperationException | RuntimeException e) {
            LOG.log(Level.DEBUG, "virtual threads use the JDK's scheduler: requests use more CPU time", e);
            return Optional.empty();
        }
    }
}
