package dev.tinysse.server.process;

import dev.tinysse.cli.ExitStatus;
import java.lang.System.Logger.Level;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * Handles the signals that end the process, or reload its script; any thread may call it. The JDK has no
 * other way to do so than {@code sun.misc.Signal}, and every compilation against that warns of it; hence the reflection.
 */
public final class Signals {
    private static final int HANG_UP = 1;

    private Signals() {}

    /**
     * Runs this when SIGTERM or SIGINT comes, each time, on a thread of its own; it is given the signal's number. If it fails, the
     * process ends with status 1: a server that cannot be stopped is worse than one that has not stopped well.
     */
    public static void onStop(IntConsumer action) {
        List.of("TERM", "INT").forEach(name -> handle(name, number -> {
            try {
                action.accept(number);
            } catch (RuntimeException | Error e) {
                failed(name, e);
                Runtime.getRuntime().halt(ExitStatus.FAILED);
            }
        }));
    }

    /** From now on SIGHUP does nothing, also where the program was started without the launcher, which ignores it. */
    public static void ignoreHangUp() {
        handle("HUP", signal -> {});
    }

    /**
     * Runs this when SIGHUP comes, each time, on a thread of its own. While the launcher's choice to ignore the signal stands, the
     * JVM takes no handler for it.
     */
    public static void onHangUp(Runnable action) {
        IntConsumer surviving = number -> {
            try {
                action.run();
            } catch (RuntimeException | Error e) {
                failed("HUP", e);
            }
        };
        if (ignored(handle("HUP", surviving))) {
            IgnoredSignal.restore(HANG_UP);
            handle("HUP", surviving);
        }
    }

    private static void failed(String name, Throwable failure) {
        System.getLogger("tinysse").log(Level.ERROR, "handler of SIG" + name + " failed: " + failure, failure);
    }

    /** The previous handler of the signal. Where the process inherited that it is ignored, it still is. */
    private static Object handle(String name, IntConsumer action) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object handling = Proxy.newProxyInstance(handler.getClassLoader(), new Class<?>[]{handler},
                    (proxy, method, arguments) -> {
                        action.accept((int) signal.getMethod("getNumber").invoke(arguments[0]));
                        return null;
                    });
            return signal.getMethod("handle", signal, handler).invoke(null,
                    signal.getConstructor(String.class).newInstance(name), handling);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("the JDK has no signals", e);
        }
    }

    private static boolean ignored(Object before) {
        try {
            return before == Class.forName("sun.misc.SignalHandler").getField("SIG_IGN").get(null);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("the JDK has no signals", e);
        }
    }
}
