package dev.tinysse.luahooks.tables;

import dev.tinysse.lua.value.LuaFloat;
import dev.tinysse.lua.value.LuaInteger;
import dev.tinysse.lua.value.Strings;
import dev.tinysse.lua.value.Table;
import dev.tinysse.lua.value.Values;
import dev.tinysse.luahooks.packages.support.Null;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Deque;
import java.util.List;
import org.luaj.vm2.LuaValue;

/** Reads what {@link SnapshotWriter} has written. All methods throw {@link IllegalArgumentException} if it is something else. */
final class SnapshotReader {
    private final String text;
    private final Table arrayMark;
    private final List<SnapshotTable> tables = new ArrayList<>();
    private final Deque<Open> open = new ArrayDeque<>();
    private boolean graph;
    private int at;

    /** A table that is being read. */
    private record Open(SnapshotTable table, char end, List<Object> entries) {}

    /** @param arrayMark the metatable of tables that are arrays for JSON */
    SnapshotReader(String text, Table arrayMark) {
        this.text = text;
        this.arrayMark = arrayMark;
    }

    Snapshot read() {
        if (!text.startsWith(SnapshotWriter.VERSION)) {
            throw new IllegalArgumentException("it is of another version");
        }
        at = SnapshotWriter.VERSION.length();
        SnapshotTable root = new SnapshotTable(null);
        open.push(new Open(root, ' ', new ArrayList<>()));
        while (at < text.length()) {
            readNext(text.charAt(at++));
        }
        Open last = open.pop();
        require(open.isEmpty());
        finish(last);
        return Snapshot.of(root, graph);
    }

    private void readNext(char kind) {
        switch (kind) {
            case '{' -> begin(new SnapshotTable(null), '}');
            case '[' -> begin(new SnapshotTable(arrayMark), ']');
            case '}', ']' -> {
                require(open.peek().end() == kind);
                finish(open.pop());
            }
            case '#' -> {
                int number = Integer.parseInt(until(';'));
                require(number >= 0 && number < tables.size());
                graph = true;
                add(tables.get(number));
            }
            default -> add(scalar(kind));
        }
    }

    private void begin(SnapshotTable table, char end) {
        add(table);
        tables.add(table);
        open.push(new Open(table, end, new ArrayList<>()));
    }

    private void add(Object value) {
        List<Object> entries = open.peek().entries();
        boolean key = entries.size() % 2 == 0;
        require(!key || !(value instanceof SnapshotTable) && value != Null.VALUE
                && !(value instanceof LuaFloat number && Double.isNaN(number.value)));
        entries.add(value);
    }

    private static void finish(Open table) {
        require(table.entries().size() % 2 == 0);
        table.table().entries(table.entries().toArray());
    }

    private LuaValue scalar(char kind) {
        return switch (kind) {
            case 's' -> Strings.of(counted());
            case 'b' -> Strings.of(Base64.getDecoder().decode(counted()));
            case 'i' -> LuaInteger.of(Long.parseLong(until(';')));
            case 'd' -> LuaFloat.of(Double.parseDouble(until(';')));
            case 'T', 'F' -> Values.of(kind == 'T');
            case 'N' -> Null.VALUE;
            default -> throw new IllegalArgumentException("there is no value " + kind);
        };
    }

    private String counted() {
        int length = Integer.parseInt(until(':'));
        require(length >= 0 && length <= text.length() - at);
        at += length;
        return text.substring(at - length, at);
    }

    private String until(char end) {
        int stop = text.indexOf(end, at);
        require(stop >= 0);
        String part = text.substring(at, stop);
        at = stop + 1;
        return part;
    }

    private static void require(boolean holds) {
        if (!holds) {
            throw new IllegalArgumentException("it is damaged");
        }
    }
}
