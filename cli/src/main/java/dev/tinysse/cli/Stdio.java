package dev.tinysse.cli;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.Map;

/**
 * The standard streams of a command's process.
 *
 * @param in standard input
 * @param out standard output, without a buffer; unlike {@link System#out} it says when nobody reads any more
 * @param err standard error
 * @param environment the variables
 */
public record Stdio(InputStream in, OutputStream out, PrintStream err, Map<String, String> environment) {
    /** {@return those of this process} */
    public static Stdio ofProcess() {
        return new Stdio(new FileInputStream(FileDescriptor.in), new FileOutputStream(FileDescriptor.out), System.err,
                System.getenv());
    }

    /**
     * Tells the user of something, on one line of standard error.
     *
     * @param text what to say
     */
    public void say(String text) {
        err.println(Shown.error(text));
    }
}
