package dev.tinysse.lua.lib.io;

import dev.tinysse.lua.function.Args;
import dev.tinysse.lua.lib.text.ByteBuilder;
import dev.tinysse.lua.runtime.LuaRuntime;
import dev.tinysse.lua.value.Strings;
import dev.tinysse.lua.value.Values;
import java.io.IOException;
import java.util.Arrays;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** Reads from a file by the formats of {@code file:read}. */
final class FileReading {
    private static final int ROOM = 80;

    private final LuaRuntime runtime;
    private final FileStream stream;

    private FileReading(LuaRuntime runtime, FileStream stream) {
        this.runtime = runtime;
        this.stream = stream;
    }

    /**
     * The result of a read, with the formats from argument {@code first} on: as many values as were read, the last one nil if the file ends
     * there; nil, reason and number if it failed.
     */
    static Varargs read(Args args, LuaFile file, int first) {
        FileReading reading = new FileReading(args.runtime(), file.stream());
        try {
            if (args.count() < first) {
                return reading.line(false);
            }
            LuaValue[] results = new LuaValue[args.count() - first + 1];
            for (int i = 0; i < results.length; i++) {
                results[i] = reading.one(args, first + i);
                if (results[i].isnil()) {
                    return Values.of(Arrays.copyOf(results, i + 1));
                }
            }
            return Values.of(results);
        } catch (IOException e) {
            return LuaFile.failure(e, null);
        }
    }

    private LuaValue one(Args args, int i) throws IOException {
        if (args.value(i).type() == LuaValue.TNUMBER) {
            long count = args.integer(i);
            return count == 0 ? stream.peek() < 0 ? LuaValue.NIL : Strings.EMPTY : bytes(args, count);
        }
        LuaString format = args.string(i);
        int at = format.m_length > 0 && format.m_bytes[format.m_offset] == '*' ? 1 : 0;
        char letter = at < format.m_length ? (char) format.m_bytes[format.m_offset + at] : 0;
        return switch (letter) {
            case 'n' -> NumeralReading.read(runtime, stream);
            case 'l' -> line(false);
            case 'L' -> line(true);
            case 'a' -> all();
            default -> throw args.error(i, "invalid format");
        };
    }

    private LuaValue line(boolean keepEnd) throws IOException {
        ByteBuilder line = new ByteBuilder(ROOM, runtime::charge);
        while (stream.fill()) {
            byte[] buffer = stream.buffer();
            int start = stream.bufferStart();
            int end = start;
            while (end < stream.bufferEnd() && buffer[end] != '\n') {
                end++;
            }
            boolean complete = end < stream.bufferEnd();
            line.append(buffer, start, end - start + (complete && keepEnd ? 1 : 0));
            stream.skip(end - start + (complete ? 1 : 0));
            if (complete) {
                return text(line);
            }
            runtime.poll();
        }
        return line.length() == 0 ? LuaValue.NIL : text(line);
    }

    private LuaValue all() throws IOException {
        ByteBuilder content = new ByteBuilder(ROOM, runtime::charge);
        while (stream.fill()) {
            take(content, Integer.MAX_VALUE);
        }
        return text(content);
    }

    private LuaValue bytes(Args args, long count) throws IOException {
        if (count < 0 || count > Integer.MAX_VALUE) {
            throw args.failure("resulting string too large");
        }
        ByteBuilder content = new ByteBuilder((int) Math.min(count, ROOM), runtime::charge);
        while (content.length() < count && stream.fill()) {
            take(content, (int) count - content.length());
        }
        return content.length() == 0 ? LuaValue.NIL : text(content);
    }

    private void take(ByteBuilder content, int maxBytes) {
        int count = Math.min(maxBytes, stream.bufferEnd() - stream.bufferStart());
        content.append(stream.buffer(), stream.bufferStart(), count);
        stream.skip(count);
        runtime.poll();
    }

    private static LuaValue text(ByteBuilder builder) {
        return Strings.copyOf(builder.array(), 0, builder.length());
    }
}
