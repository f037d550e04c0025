package dev.tinysse.lua.lib.io;

import dev.tinysse.lua.coroutine.Coroutine;
import dev.tinysse.lua.function.Args;
import dev.tinysse.lua.function.LibraryTable;
import dev.tinysse.lua.lib.support.Host;
import dev.tinysse.lua.runtime.LuaRuntime;
import dev.tinysse.lua.value.Strings;
import dev.tinysse.lua.value.Table;
import dev.tinysse.lua.value.Userdata;
import dev.tinysse.lua.value.Values;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** The library {@code io} of one engine (reference manual, section 6.8). */
public final class IoLibrary {
    private final LuaRuntime runtime;
    private final OpenFiles files;
    private final Table metatable;
    private final Userdata<LuaFile> standardOutput;
    private Userdata<LuaFile> input;
    private Userdata<LuaFile> output;

    private IoLibrary(LuaRuntime runtime, Host host, OpenFiles files) {
        this.runtime = runtime;
        this.files = files;
        this.metatable = FileMethods.metatable(runtime);
        this.input = handle(StreamDevice.reading(host.in()), true);
        this.standardOutput = handle(StreamDevice.writing(host.out()), true);
        this.output = standardOutput;
    }

    /** Installs the library and the functions that write to the standard streams. */
    public static void open(LuaRuntime runtime, Host host, OpenFiles files) {
        IoLibrary io = new IoLibrary(runtime, host, files);
        Userdata<LuaFile> error = io.unbuffered(StreamDevice.writing(host.err()));
        LibraryTable.named(runtime, "io").add("close", io::close)
                .add("flush", args -> FileMethods.flush(io.current(args, false)))
                .add("input", io::input).add("lines", io::lines).add("open", io::open).add("output", io::output)
                .add("popen", io::popen).add("read", args -> FileReading.read(args, io.current(args, true), 1))
                .add("tmpfile", args -> io.temporary()).add("type", IoLibrary::type)
                .add("write", args -> FileMethods.write(args, io.current(args, false), io.output, 1))
                .add("stdin", io.input).add("stdout", io.output).add("stderr", error).install("io");
        Printing.addTo(runtime, io.standardOutput.content.stream(), error.content.stream());
    }

    private Userdata<LuaFile> handle(Device device, boolean standard) {
        return new Userdata<>(new LuaFile(new FileStream(device, this::onWaitingThread), standard, files), metatable);
    }

    private Userdata<LuaFile> unbuffered(Device device) {
        FileStream stream = new FileStream(device, this::onWaitingThread, FileStream.Buffering.NO);
        return new Userdata<>(new LuaFile(stream, true, files), metatable);
    }

    private Varargs open(Args args) {
        String name = Strings.text(args.string(1));
        String mode = Strings.text(args.string(2, Strings.of("r")));
        if (!mode.matches("[rwa]\\+?b?")) {
            throw args.error(2, "invalid mode");
        }
        try {
            return handle(device(name, mode), false);
        } catch (IOException | InvalidPathException e) {
            return LuaFile.failure(e, name);
        }
    }

    private Varargs popen(Args args) {
        String command = Strings.text(args.string(1));
        String mode = Strings.text(args.string(2, Strings.of("r")));
        if (!mode.equals("r") && !mode.equals("w")) {
            throw args.error(2, "invalid mode");
        }
        files.flush();
        try {
            return handle(ProcessDevice.start(command, mode.equals("r")), false);
        } catch (IOException e) {
            return LuaFile.failure(e, command);
        }
    }

    private Varargs temporary() {
        try {
            return handle(FileDevice.temporary(), false);
        } catch (IOException e) {
            return LuaFile.failure(e, null);
        }
    }

    private Varargs close(Args args) {
        return args.count() == 0 ? current(args, false).close() : LuaFile.open(args, 1).close();
    }

    private Varargs lines(Args args) {
        if (args.absent(1)) {
            if (input.content.closed()) {
                throw args.failure("attempt to use a closed file");
            }
            return LineIterator.of(args, input.content, 2, false);
        }
        Userdata<LuaFile> file = openOrFail(args, args.string(1), "r");
        return Values.of(LineIterator.of(args, file.content, 2, true), LuaValue.NIL, LuaValue.NIL, file);
    }

    private Varargs input(Args args) {
        input = choose(args, input, "r");
        return input;
    }

    private Varargs output(Args args) {
        Userdata<LuaFile> chosen = choose(args, output, "w");
        if (chosen != output && !output.content.closed()) {
            FileMethods.flush(output.content);
        }
        output = chosen;
        return output;
    }

    @SuppressWarnings("unchecked") // a userdata that holds a file was made above
    private Userdata<LuaFile> choose(Args args, Userdata<LuaFile> present, String mode) {
        if (args.absent(1)) {
            return present;
        }
        if (args.value(1) instanceof LuaString || args.value(1).type() == LuaValue.TNUMBER) {
            return openOrFail(args, args.string(1), mode);
        }
        LuaFile.open(args, 1);
        return (Userdata<LuaFile>) args.value(1);
    }

    private Userdata<LuaFile> openOrFail(Args args, LuaString fileName, String mode) {
        String name = Strings.text(fileName);
        try {
            return handle(device(name, mode), false);
        } catch (IOException | InvalidPathException e) {
            String reason = Strings.text((LuaString) LuaFile.failure(e, null).arg(2));
            throw args.failure("cannot open file '" + name + "' (" + reason + ")");
        }
    }

    private FileDevice device(String name, String mode) throws IOException {
        Path path = Path.of(name);
        if (!FileDevice.isSpecial(path)) {
            return FileDevice.open(path, mode);
        }
        try {
            return onWaitingThread(() -> FileDevice.open(path, mode));
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException(e);
        }
    }

    /** Lets others run while somebody else decides how long this takes. */
    private <T> T onWaitingThread(Callable<T> work) throws Exception {
        return Coroutine.block(runtime, () -> WaitingThreads.run(work));
    }

    private LuaFile current(Args args, boolean reading) {
        LuaFile file = (reading ? input : output).content;
        if (file.closed()) {
            throw args.failure("default " + (reading ? "input" : "output") + " file is closed");
        }
        return file;
    }

    private static Varargs type(Args args) {
        LuaFile file = LuaFile.of(args.any(1));
        if (file == null) {
            return LuaValue.NIL;
        }
        return Strings.of(file.closed() ? "closed file" : "file");
    }
}
