package dev.tinysse.lua.lib.io;

import java.io.IOException;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.IdentityHashMap;
import java.util.Map;

/**
 * The files that an engine has open, so that what was written to them is not lost, neither when the engine ends nor when a script forgets to
 * close them. For one thread at a time.
 */
public final class OpenFiles {
    private final Map<Reference<?>, FileStream> streams = new IdentityHashMap<>();
    private final ReferenceQueue<Object> forgotten = new ReferenceQueue<>();

    /** Lists the stream of a file handle; those of handles that scripts can no longer reach are closed first. */
    Reference<?> add(Object file, FileStream stream) {
        for (Reference<?> gone = forgotten.poll(); gone != null; gone = forgotten.poll()) {
            close(streams.remove(gone));
        }
        Reference<?> reference = new WeakReference<>(file, forgotten);
        streams.put(reference, stream);
        return reference;
    }

    /** A file has been closed. */
    void remove(Reference<?> file) {
        streams.remove(file);
    }

    /** Writes out what is still in buffers. */
    public void flush() {
        streams.values().forEach(OpenFiles::flush);
    }

    /** As at the end of a C program, there is nobody left to tell of a failure. */
    private static void flush(FileStream stream) {
        try {
            stream.flush();
        } catch (IOException e) {
            return;
        }
    }

    private static void close(FileStream stream) {
        try {
            if (stream != null) {
                stream.close();
            }
        } catch (IOException e) {
            return;
        }
    }
}
