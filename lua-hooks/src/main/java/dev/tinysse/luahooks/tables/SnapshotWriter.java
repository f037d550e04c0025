package dev.tinysse.luahooks.tables;

import dev.tinysse.lua.value.LuaFloat;
import dev.tinysse.lua.value.LuaInteger;
import dev.tinysse.lua.value.Strings;
import dev.tinysse.lua.value.Table;
import dev.tinysse.luahooks.packages.support.Null;
import dev.tinysse.luahooks.packages.support.Utf8;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import org.luaj.vm2.LuaBoolean;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;

/**
 * Writes the data in a snapshot as text: a version, then keys and values in turn, each a letter and what belongs to it.
 *
 * <table>
 * <caption>Values</caption>
 * <tr><td>{@code s3:abc}<td>a string, with its number of UTF-16 characters
 * <tr><td>{@code b4:/wA=}<td>a string that is not UTF-8, in Base64
 * <tr><td>{@code i-7;}, {@code d0.5;}<td>an integer; a float
 * <tr><td>{@code T}, {@code F}, {@code N}<td>true, false, the null of JSON
 * <tr><td>{@code {…}}, {@code […]}<td>a table; one that is an array for JSON whatever it holds
 * <tr><td>{@code #2;}<td>the table that began as the third
 * </table>
 */
final class SnapshotWriter {
    static final String VERSION = "1";

    private final Table arrayMark;
    private final BiConsumer<String, String> leftOut;
    private final StringBuilder text = new StringBuilder(VERSION);
    /** The tables that have been begun, by their numbers; below 0 as long as they are not finished. */
    private final Map<SnapshotTable, Integer> numbers = new IdentityHashMap<>();
    private final Deque<Open> open = new ArrayDeque<>();
    private LuaValue rootKey = LuaValue.NIL;

    /** A table that is being written. */
    private static final class Open {
        private final SnapshotTable table;
        private final int number;
        private final char end;
        private int next;

        Open(SnapshotTable table, int number, char end) {
            this.table = table;
            this.number = number;
            this.end = end;
        }
    }

    /**
     * A writer of one snapshot.
     *
     * @param arrayMark the metatable of tables that are arrays for JSON
     * @param leftOut accepts each key that is not stored whole, and what it is or contains
     */
    SnapshotWriter(Table arrayMark, BiConsumer<String, String> leftOut) {
        this.arrayMark = arrayMark;
        this.leftOut = leftOut;
    }

    /** All that is data, which may be nothing but the version. */
    String write(SnapshotTable root) {
        open.push(new Open(root, -1, ' '));
        numbers.put(root, -1);
        while (!open.isEmpty()) {
            Open current = open.peek();
            if (current.next == current.table.entries().length) {
                finish(open.pop());
            } else {
                Object key = current.table.entries()[current.next++];
                Object value = current.table.entries()[current.next++];
                writeEntry(key, value);
            }
        }
        return text.toString();
    }

    private void finish(Open table) {
        if (table.number >= 0) {
            numbers.put(table.table, table.number);
            text.append(table.end);
        }
    }

    private void writeEntry(Object key, Object value) {
        if (open.size() == 1) {
            rootKey = key instanceof LuaValue scalar ? scalar : LuaValue.NIL;
        }
        if (!isKey(key)) {
            tell(" as a key", key);
        } else if (value instanceof SnapshotTable table ? isOpen(table) : !isKey(value) && value != Null.VALUE) {
            tell("", value);
        } else {
            writeScalar((LuaValue) key);
            writeValue(value);
        }
    }

    private boolean isOpen(SnapshotTable table) {
        return numbers.getOrDefault(table, 0) < 0;
    }

    private static boolean isKey(Object value) {
        return value instanceof LuaString || value instanceof LuaInteger || value instanceof LuaFloat
                || value instanceof LuaBoolean;
    }

    private void writeValue(Object value) {
        if (!(value instanceof SnapshotTable table)) {
            writeScalar((LuaValue) value);
        } else if (numbers.containsKey(table)) {
            text.append('#').append(numbers.get(table)).append(';');
        } else {
            boolean array = table.metatable() == arrayMark;
            if (table.metatable() != null && !array) {
                leftOut.accept(name(), " holds a metatable");
            }
            open.push(new Open(table, numbers.size() - 1, array ? ']' : '}'));
            numbers.put(table, -1);
            text.append(array ? '[' : '{');
        }
    }

    private void writeScalar(LuaValue value) {
        switch (value) {
            case LuaString string -> writeString(string);
            case LuaInteger integer -> text.append('i').append(integer.value).append(';');
            case LuaFloat number -> text.append('d').append(number.value).append(';');
            case LuaBoolean truth -> text.append(truth.v ? 'T' : 'F');
            default -> text.append('N');
        }
    }

    private void writeString(LuaString string) {
        boolean utf8 = Utf8.diagnostic(string).isEmpty();
        String written = utf8 ? Strings.text(string) : Base64.getEncoder().encodeToString(Strings.bytes(string));
        text.append(utf8 ? 's' : 'b').append(written.length()).append(':').append(written);
    }

    private void tell(String where, Object value) {
        String kind = value instanceof SnapshotTable
                ? where.isEmpty() ? "itself" : "a table"
                : "a " + ((LuaValue) value).typename();
        String verb = open.size() == 1 && !kind.equals("itself") && where.isEmpty() ? " is " : " holds ";
        leftOut.accept(name(), verb + kind + where);
    }

    private String name() {
        return switch (rootKey) {
            case LuaString string -> "pub." + Strings.text(string);
            case LuaValue nil when nil == LuaValue.NIL -> "pub";
            default -> "pub[" + rootKey.tojstring() + "]";
        };
    }
}
