package dev.tinysse.lua.lib.io;

import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.Callable;

/**
 * A device with the buffers of C's {@code FILE}: reads and writes may follow each other as they like. Not for two threads at once, but while one waits another one may use it.
 */
public final class FileStream {
    private static final int SIZE = 8_192;

    private final Device device;
    private final Waiting waiting;
    private byte[] in = new byte[SIZE];
    private int inNext;
    private int inEnd;
    private byte[] out = new byte[0];
    private int outLength;
    private Buffering buffering;

    /** When written bytes go to the device. */
    public enum Buffering {
        NO, FULL, LINE
    }

    /** The origin of a seek. */
    public enum Origin {
        SET, CUR, END
    }

    /** How to run what may have to wait for somebody else. */
    public interface Waiting {
        <T> T run(Callable<T> work) throws Exception;
    }

    /** A stream of {@code device} that waits as {@code waiting} does it. */
    public FileStream(Device device, Waiting waiting) {
        this(device, waiting, Buffering.FULL);
    }

    /** The same with written bytes going to the device as {@code buffering} says. */
    public FileStream(Device device, Waiting waiting, Buffering buffering) {
        this.device = device;
        this.waiting = waiting;
        this.buffering = buffering;
    }

    /** Changes when written bytes go to the device. */
    public void buffering(Buffering changed) throws IOException {
        flush();
        buffering = changed;
    }

    /** Reads one byte; -1 at the end. */
    public int next() throws IOException {
        return inNext < inEnd || fill() ? in[inNext++] & 0xff : -1;
    }

    /** The byte that {@link #next} would give. */
    public int peek() throws IOException {
        return inNext < inEnd || fill() ? in[inNext] & 0xff : -1;
    }

    /** Reads into what {@link #buffer} gives; false at the end. */
    public boolean fill() throws IOException {
        if (inNext < inEnd) {
            return true;
        }
        flush();
        byte[] chunk = device.waits() ? new byte[SIZE] : in;
        int count = await(() -> device.read(chunk, 0, SIZE));
        if (count > 0) {
            accept(chunk, count);
        }
        return inNext < inEnd;
    }

    /** Takes what was read; while it was waited for, somebody else may have read too and left something. */
    private void accept(byte[] chunk, int count) {
        int left = inEnd - inNext;
        byte[] all = chunk;
        if (left > 0) {
            all = Arrays.copyOfRange(in, inNext, inEnd + count);
            System.arraycopy(chunk, 0, all, left, count);
        }
        in = all;
        inNext = 0;
        inEnd = left + count;
    }

    /** The bytes that have been read from the device, of which those from {@link #bufferStart} to {@link #bufferEnd} are left. */
    public byte[] buffer() {
        return in;
    }

    public int bufferStart() {
        return inNext;
    }

    public int bufferEnd() {
        return inEnd;
    }

    /** Takes bytes out of the buffer. */
    public void skip(int count) {
        inNext += count;
    }

    /** Writes some bytes, if not at once then with the next flush. */
    public void write(byte[] source, int offset, int length) throws IOException {
        dropInput();
        if (buffering == Buffering.NO || length >= SIZE) {
            flush();
            send(source, offset, length);
            return;
        }
        if (out.length == 0) {
            out = new byte[SIZE];
        }
        if (outLength + length > SIZE) {
            flush();
        }
        if (outLength == 0 && length > 0 && !(device instanceof StreamDevice)) {
            // a device that cannot be written must say so now: nobody looks at a later flush
            device.write(source, offset, 0);
        }
        System.arraycopy(source, offset, out, outLength, length);
        outLength += length;
        if (buffering == Buffering.LINE && contains(source, offset, length)) {
            flush();
        }
    }

    private static boolean contains(byte[] source, int offset, int length) {
        for (int i = offset; i < offset + length; i++) {
            if (source[i] == '\n') {
                return true;
            }
        }
        return false;
    }

    /** Writes to the device what is still in the buffer. */
    public void flush() throws IOException {
        int length = outLength;
        outLength = 0;
        if (length > 0) {
            send(out, 0, length);
        }
    }

    private void send(byte[] source, int offset, int length) throws IOException {
        if (!device.waitsToWrite()) {
            device.write(source, offset, length);
            return;
        }
        byte[] copy = Arrays.copyOfRange(source, offset, offset + length);
        await(() -> {
            device.write(copy, 0, length);
            return null;
        });
    }

    /** Goes somewhere else and returns where that is, from the start. */
    public long seek(Origin origin, long offset) throws IOException {
        flush();
        long base = switch (origin) {
            case SET -> 0;
            case CUR -> device.position() - (inEnd - inNext);
            case END -> device.size();
        };
        device.position(base + offset);
        inNext = 0;
        inEnd = 0;
        return base + offset;
    }

    /** Flushes and closes it, also when flushing fails. */
    public void close() throws IOException {
        try {
            flush();
        } finally {
            await(() -> {
                device.close();
                return null;
            });
        }
    }

    /** The device itself. */
    public Device device() {
        return device;
    }

    /** Discards the bytes that were read ahead. */
    private void dropInput() throws IOException {
        if (inNext < inEnd && !device.waits()) {
            device.position(device.position() - (inEnd - inNext));
        }
        inNext = 0;
        inEnd = 0;
    }

    private <T> T await(Callable<T> work) throws IOException {
        try {
            return device.waits() || device.waitsToWrite() ? waiting.run(work) : work.call();
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException(e);
        }
    }
}
