package dev.tinysse.lua.lib.string;

import dev.tinysse.lua.lib.text.ByteBuilder;
import dev.tinysse.lua.lib.text.MalformedException;
import dev.tinysse.lua.operation.Calls;
import dev.tinysse.lua.operation.Indexing;
import dev.tinysse.lua.runtime.LuaRuntime;
import dev.tinysse.lua.value.LuaInteger;
import dev.tinysse.lua.value.Strings;
import dev.tinysse.lua.value.Values;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** One call of {@code string.gsub}. */
final class Substitution {
    private static final int ROOM = 32;

    private final LuaRuntime runtime;
    private final LuaString subject;
    private final Captures captures;
    private final LuaValue replacement;
    private final LuaString template;
    private final boolean literal;
    private ByteBuilder out;
    private boolean changed;

    /** Substitutes by {@code replacement}: a string, number, table or function. */
    Substitution(LuaRuntime runtime, LuaString subject, Captures captures, LuaValue replacement) {
        this.runtime = runtime;
        this.subject = subject;
        this.captures = captures;
        this.replacement = replacement;
        this.template = text(replacement);
        this.literal = template != null && template.indexOf((byte) '%', 0) < 0;
    }

    /**
     * Substitutes up to {@code maxMatches} matches.
     *
     * @return the string that came out and how many matches there were
     * @throws MalformedException if the pattern or the replacement is malformed
     */
    Varargs run(long maxMatches) {
        int copied = subject.m_offset;
        int from = subject.m_offset;
        int lastEnd = -1;
        long count = 0;
        while (count < maxMatches && from <= captures.end()) {
            int start = captures.matcher().find(from, lastEnd);
            if (start < 0) {
                break;
            }
            if (out == null) {
                out = new ByteBuilder(subject.m_length + ROOM, runtime::charge);
                runtime.charge(subject.m_length);
            }
            count++;
            lastEnd = captures.matcher().matchEnd();
            out.append(subject.m_bytes, copied, start - copied);
            replace(start, lastEnd);
            copied = lastEnd;
            from = lastEnd;
            if (captures.anchored()) {
                break;
            }
        }
        return Values.of(changed ? result(copied) : subject, LuaInteger.of(count));
    }

    private LuaString result(int copied) {
        out.append(subject.m_bytes, copied, captures.end() - copied);
        return Strings.copyOf(out.array(), 0, out.length());
    }

    private void replace(int start, int end) {
        if (template != null) {
            changed = true;
            if (literal) {
                out.append(template.m_bytes, template.m_offset, template.m_length);
            } else {
                expand(start);
            }
            return;
        }
        runtime.poll();
        LuaValue value = replacement.isfunction()
                ? Values.first(Calls.invoke(runtime, replacement, captures.all(start)))
                : Indexing.index(runtime, replacement, captures.value(0, start));
        if (!Values.truth(value)) {
            out.append(subject.m_bytes, start, end - start);
            return;
        }
        LuaString text = text(value);
        if (text == null) {
            throw new MalformedException("invalid replacement value (a " + value.typename() + ")");
        }
        out.append(text.m_bytes, text.m_offset, text.m_length);
        changed = true;
    }

    /** Appends the template with {@code %0} to {@code %9} and {@code %%} replaced. */
    private void expand(int start) {
        byte[] bytes = template.m_bytes;
        int end = template.m_offset + template.m_length;
        for (int at = template.m_offset; at < end; at++) {
            int c = bytes[at];
            if (c != '%') {
                out.append(c);
                continue;
            }
            int code = ++at < end ? bytes[at] : -1;
            if (code == '%') {
                out.append(code);
            } else if (code == '0') {
                out.append(subject.m_bytes, start, captures.matcher().matchEnd() - start);
            } else if (code >= '1' && code <= '9') {
                captures.append(out, code - '1', start);
            } else {
                throw new MalformedException("invalid use of '%' in replacement string");
            }
        }
    }

    private static LuaString text(LuaValue value) {
        if (value instanceof LuaString string) {
            return string;
        }
        return value.type() == LuaValue.TNUMBER ? value.strvalue() : null;
    }
}
