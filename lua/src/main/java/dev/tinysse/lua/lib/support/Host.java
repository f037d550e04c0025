package dev.tinysse.lua.lib.support;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.function.IntConsumer;
import java.util.function.UnaryOperator;

/**
 * The process around the engine, as the libraries see it.
 *
 * @param in          what {@code io.stdin} reads
 * @param out         what {@code print} and {@code io.stdout} write
 * @param err         what {@code warn} and {@code io.stderr} write
 * @param environment the value of an environment variable, null if it has none
 * @param scriptPath  where {@code require} looks in the last place, in the form of {@code package.path}; empty for nowhere
 * @param exit        what {@code os.exit} does with a status: it ends the process, throws {@link dev.tinysse.lua.value.ExitRequest}, or an error to refuse
 */
public record Host(InputStream in, OutputStream out, OutputStream err, UnaryOperator<String> environment,
        String scriptPath, IntConsumer exit) {

    /** The process as it is. */
    public static Host ofProcess() {
        return new Host(new FileInputStream(FileDescriptor.in), new FileOutputStream(FileDescriptor.out),
                new FileOutputStream(FileDescriptor.err), System::getenv, "", System::exit);
    }
}
