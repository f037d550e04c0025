package dev.tinysse.server;

import java.lang.reflect.Proxy;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * Hears the signals that ask the process to end, or to look at its script again. The platform has no other way to do so than
 * {@code sun.misc.Signal}, and every compilation against that warns of it; hence the reflection.
 */
final class Signals {
    private Signals() {}

    /** Runs this when SIGTERM or SIGINT comes, each time, on a thread of its own; it is given the signal's number. */
    static void onStop(IntConsumer action) {
        on(List.of("TERM", "INT"), action);
    }

    /** Runs this when SIGHUP comes, each time, on a thread of its own. */
    static void onHangUp(Runnable action) {
        on(List.of("HUP"), signal -> action.run());
    }

    private static void on(List<String> names, IntConsumer action) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object handling = Proxy.newProxyInstance(handler.getClassLoader(), new Class<?>[]{handler},
                    (proxy, method, arguments) -> {
                        action.accept((int) signal.getMethod("getNumber").invoke(arguments[0]));
                        return null;
                    });
            for (String name : names) {
                signal.getMethod("handle", signal, handler).invoke(null,
                        signal.getConstructor(String.class).newInstance(name), handling);
            }
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("the platform has no signals", e);
        }
    }
}
