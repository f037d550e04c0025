package dev.tinysse.lua.lib.io;

import java.io.IOException;

/** The input or the output of a running shell command. */
public final class ProcessDevice implements Device {
    private final Process process;
    private final StreamDevice pipe;

    private ProcessDevice(Process process, StreamDevice pipe) {
        this.process = process;
        this.pipe = pipe;
    }

    /** Starts a command whose output is to be read, or whose input is to be written; the other one is that of this process. */
    public static ProcessDevice start(String command, boolean reading) throws IOException {
        ProcessBuilder builder = Shell.builder(command);
        if (reading) {
            Process process = builder.redirectOutput(ProcessBuilder.Redirect.PIPE).start();
            return new ProcessDevice(process, StreamDevice.reading(process.getInputStream()));
        }
        Process process = builder.redirectInput(ProcessBuilder.Redirect.PIPE).start();
        return new ProcessDevice(process, StreamDevice.writing(process.getOutputStream()));
    }

    /** How the command ended; it must have been closed. */
    public Shell.Outcome outcome() {
        return Shell.Outcome.of(process.exitValue());
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        return pipe.read(target, offset, length);
    }

    @Override
    public void write(byte[] source, int offset, int length) throws IOException {
        pipe.write(source, offset, length);
    }

    @Override
    public long position() throws IOException {
        return pipe.position();
    }

    @Override
    public void position(long bytes) throws IOException {
        pipe.position(bytes);
    }

    @Override
    public long size() throws IOException {
        return pipe.size();
    }

    @Override
    public boolean waits() {
        return true;
    }

    @Override
    public boolean waitsToWrite() {
        return true;
    }

    /** Closes the pipe and waits for the command to end. */
    @Override
    public void close() throws IOException {
        try {
            pipe.close();
        } finally {
            Shell.await(process);
        }
    }
}
