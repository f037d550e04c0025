package dev.tinysse.lua.lib.os;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/**
 * The processor time that a script has used: that of its thread. A virtual thread has no account of its own, there it is the time since the
 * start.
 */
final class ProcessorTime {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final long START = System.nanoTime();

    private ProcessorTime() {}

    /** In nanoseconds. */
    static long nanos() {
        boolean counted = !Thread.currentThread().isVirtual() && THREADS.isCurrentThreadCpuTimeSupported();
        return counted ? THREADS.getCurrentThreadCpuTime() : System.nanoTime() - START;
    }
}
