package dev.tinysse.lua.memory;

import com.sun.management.ThreadMXBean;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.util.List;
import java.util.Optional;

/**
 * The heap of this JVM, whatever its collector. Most have an old generation, the only pool whose use may have a threshold;
 * where there is none, all counts as old, which makes looks more frequent and not less exact.
 */
final class JvmHeap implements Heap {

    private static final long MEGABYTE = 1 << 20;
    /** Somewhat more than a young generation that grows old at once. */
    private static final long MIN_RESERVE = 24 * MEGABYTE;
    private static final long MAX_RESERVE = 64 * MEGABYTE;

    private final Runtime jvm = Runtime.getRuntime();
    private final ThreadMXBean threads = ManagementFactory.getPlatformMXBean(ThreadMXBean.class);
    private final List<GarbageCollectorMXBean> collectors = ManagementFactory.getGarbageCollectorMXBeans();
    private final Optional<MemoryPoolMXBean> oldPool = ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> pool.getType() == MemoryType.HEAP && pool.isUsageThresholdSupported())
            .reduce((_, last) -> last);
    private final long capacity;
    private final long room;

    JvmHeap() {
        long max = jvm.maxMemory();
        long reported = oldPool.map(pool -> pool.getUsage().getMax()).orElse(max);
        boolean apart = reported > 0 && reported < max;
        capacity = apart ? reported : max;
        long reserve = Math.clamp(capacity / 6, Math.min(MIN_RESERVE, capacity / 3), MAX_RESERVE);
        // a young generation that has no place of its own needs one, too
        room = apart ? capacity - reserve : capacity - capacity / 4;
    }

    @Override
    public long old() {
        return oldPool.map(pool -> pool.getUsage().getUsed()).orElseGet(this::used);
    }

    @Override
    public long young() {
        return Math.max(0, used() - old());
    }

    @Override
    public long allocated() {
        return threads.getTotalThreadAllocatedBytes();
    }

    private long used() {
        return jvm.totalMemory() - jvm.freeMemory();
    }

    @Override
    public long room() {
        return room;
    }

    @Override
    public long capacity() {
        return capacity;
    }

    @Override
    public boolean collect() {
        long before = collections();
        jvm.gc();
        return collections() > before;
    }

    private long collections() {
        long count = 0;
        for (GarbageCollectorMXBean collector : collectors) {
            count += collector.getCollectionCount();
        }
        return count;
    }
}
