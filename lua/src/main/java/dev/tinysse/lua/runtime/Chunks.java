package dev.tinysse.lua.runtime;

import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.HashMap;
import java.util.Map;

/** The chunks of an engine that are in use, by the names of their packages. */
final class Chunks {

    private static final class Entry extends WeakReference<ClassLoader> {
        final String name;

        Entry(String name, ClassLoader loader, ReferenceQueue<ClassLoader> queue) {
            super(loader, queue);
            this.name = name;
        }
    }

    private final Map<String, Entry> entries = new HashMap<>();
    private final ReferenceQueue<ClassLoader> dropped = new ReferenceQueue<>();
    private long count;

    /** Names the package of a new chunk. */
    String add(ClassLoader loader) {
        while (dropped.poll() instanceof Entry entry) {
            entries.remove(entry.name);
        }
        String name = "lua.c" + count++;
        entries.put(name, new Entry(name, loader, dropped));
        return name;
    }

    /** The class of a frame; {@code Object} if it is none of the engine's. */
    Class<?> classNamed(String name) {
        try {
            int end = name.lastIndexOf('.');
            Entry chunk = end < 0 ? null : entries.get(name.substring(0, end));
            ClassLoader loader = chunk == null ? null : chunk.get();
            return Class.forName(name, false, loader == null ? Chunks.class.getClassLoader() : loader);
        } catch (ClassNotFoundException | LinkageError unknown) {
            return Object.class;
        }
    }
}
