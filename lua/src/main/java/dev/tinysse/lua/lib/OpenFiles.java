package dev.tinysse.lua.lib;

import java.io.IOException;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

import dev.tinysse.lua.lib.io.FileStream;

/** The files that an engine has open, so that what was written to them is not lost when it ends. For one thread at a time. */
final class OpenFiles {
    private final Set<FileStream> streams = Collections.newSetFromMap(new IdentityHashMap<>());

    void add(FileStream stream) {
        streams.add(stream);
    }

    void remove(FileStream stream) {
        streams.remove(stream);
    }

    /** Writes out what is still in buffers. */
    void flush() {
        for (FileStream stream : streams) {
            try {
                stream.flush();
            } catch (IOException e) {
                // as at the end of a C program: there is nobody left to tell
                continue;
            }
        }
    }
}
