package dev.tinysse.server.process;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;

/**
 * Makes a signal that the process inherited as ignored one that the JVM takes a handler for. The JDK has no call for that, so
 * this asks the C library. Any thread may call it.
 */
final class IgnoredSignal {
    private static final Logger LOG = System.getLogger("tinysse");

    private IgnoredSignal() {}

    /**
     * The signal with this number is no longer ignored. What handles it until the JVM does is {@code abs}, which takes a number as
     * handlers do and changes nothing; the default action would end the process. Where the system does not take it, the
     * signal stays ignored and the log says so at WARN.
     */
    @SuppressWarnings("restricted")
    static void restore(int number) {
        Linker linker = Linker.nativeLinker();
        try {
            MemorySegment harmless = linker.defaultLookup().findOrThrow("abs");
            var signal = linker.downcallHandle(linker.defaultLookup().findOrThrow("signal"),
                    FunctionDescriptor.of(ADDRESS, JAVA_INT, ADDRESS));
            MemorySegment before = (MemorySegment) signal.invokeExact(number, harmless);
            LOG.log(Level.TRACE, "signal %d was ignored: handler=%s".formatted(number, before));
        } catch (Throwable e) {
            LOG.log(Level.WARNING, "signal %d remains ignored: %s".formatted(number, e));
        }
    }
}
