package dev.tinysse.lua.lib.io;

import java.io.IOException;
import java.io.InterruptedIOException;

/** Commands run by the system's shell. */
public final class Shell {
    private static final int SIGNALLED = 128;
    private static final int LAST_SIGNAL = 31;

    private Shell() {}

    /**
     * How a command ended.
     *
     * @param what {@code exit} or {@code signal}
     * @param code the status or the signal's number
     */
    public record Outcome(String what, int code) {

        /** The meaning of an exit value: shells and the JVM report a signal as 128 and its number. */
        static Outcome of(int exitValue) {
            boolean signal = exitValue > SIGNALLED && exitValue <= SIGNALLED + LAST_SIGNAL;
            return signal ? new Outcome("signal", exitValue - SIGNALLED) : new Outcome("exit", exitValue);
        }

        /** Whether it ended by itself and reported no failure. */
        public boolean successful() {
            return code == 0;
        }
    }

    /** Runs a command that shares input and output with this process, and waits for its end. */
    public static Outcome run(String command) throws IOException {
        return Outcome.of(await(builder(command).start()));
    }

    static ProcessBuilder builder(String command) {
        return new ProcessBuilder("/bin/sh", "-c", command).inheritIO();
    }

    static int await(Process process) throws IOException {
        try {
            return process.waitFor();
        } catch (InterruptedException e) {
            process.destroy();
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("Interrupted system call");
        }
    }
}
