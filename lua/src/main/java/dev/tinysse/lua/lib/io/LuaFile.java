package dev.tinysse.lua.lib.io;

import dev.tinysse.lua.function.Args;
import dev.tinysse.lua.value.LuaException;
import dev.tinysse.lua.value.LuaInteger;
import dev.tinysse.lua.value.Strings;
import dev.tinysse.lua.value.Userdata;
import dev.tinysse.lua.value.Values;
import java.io.IOException;
import java.lang.ref.Reference;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** A file handle: what a userdata of the io library holds. */
public final class LuaFile {
    static final String TYPE = "FILE*";

    private final FileStream stream;
    private final boolean standard;
    private final OpenFiles files;
    private final Reference<?> listed;
    private boolean closed;

    /**
     * @param standard whether it is one of the process's own, which cannot be closed
     * @param files    where it is listed while it is open
     */
    LuaFile(FileStream stream, boolean standard, OpenFiles files) {
        this.stream = stream;
        this.standard = standard;
        this.files = files;
        this.listed = files.add(this, stream);
    }

    /** The file that argument {@code i} is, open or closed. */
    static LuaFile any(Args args, int i) {
        return args.userdata(i, LuaFile.class, TYPE);
    }

    /** The open file that argument {@code i} is. */
    static LuaFile open(Args args, int i) {
        LuaFile file = any(args, i);
        if (file.closed) {
            throw args.failure("attempt to use a closed file");
        }
        return file;
    }

    /** The file that a value is, null if it is none. */
    static LuaFile of(LuaValue value) {
        return value instanceof Userdata<?> userdata && userdata.content instanceof LuaFile file ? file : null;
    }

    FileStream stream() {
        return stream;
    }

    boolean closed() {
        return closed;
    }

    /** Closes the file and gives what {@code file:close} returns. */
    Varargs close() {
        if (standard) {
            return Values.of(LuaValue.NIL, Strings.of("cannot close standard file"));
        }
        closed = true;
        files.remove(listed);
        try {
            stream.close();
        } catch (IOException e) {
            return failure(e, null);
        }
        return stream.device() instanceof ProcessDevice process ? outcome(process.outcome()) : LuaValue.TRUE;
    }

    /** The results of a function for a command that has ended. */
    public static Varargs outcome(Shell.Outcome outcome) {
        return Values.of(outcome.successful() ? LuaValue.TRUE : LuaValue.NIL, Strings.of(outcome.what()),
                LuaInteger.of(outcome.code()));
    }

    /** The results of a function for a failure of the system: nil, the reason and its number. */
    public static Varargs failure(Exception e, String name) {
        if (e.getCause() instanceof LuaException stopped) {
            throw stopped;
        }
        IoFailure failure = IoFailure.of(e);
        return Values.of(LuaValue.NIL, Strings.of(name == null ? failure.text() : name + ": " + failure.text()),
                LuaInteger.of(failure.number()));
    }
}
