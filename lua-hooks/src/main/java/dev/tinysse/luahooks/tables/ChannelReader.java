package dev.tinysse.luahooks.tables;

import dev.tinysse.api.ChannelName;
import dev.tinysse.lua.value.LuaInteger;
import dev.tinysse.lua.value.Strings;
import dev.tinysse.lua.value.Table;
import dev.tinysse.luahooks.packages.support.Utf8;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;

/** Reads the channels that a hook hands back. Only for a thread that holds the lock of the engine. */
final class ChannelReader {
    private ChannelReader() {}

    /**
     * The channel in {@code pub.channel}.
     *
     * @throws IllegalArgumentException if that is no name; the text says what it is
     */
    static String name(LuaValue value) {
        if (value == LuaValue.NIL) {
            return ChannelName.DEFAULT;
        }
        String name = text(value);
        if (!ChannelName.isName(name)) {
            throw new IllegalArgumentException("set channel to " + shown(value) + ", expected a name");
        }
        return name;
    }

    /**
     * The channels in {@code sub.channels}: first the elements of an array in their order, then the keys of a set by name.
     *
     * @throws IllegalArgumentException if one is neither a name nor a pattern; the text says what it is
     */
    static List<String> namesAndPatterns(LuaValue value) {
        if (value == LuaValue.NIL) {
            return List.of(ChannelName.DEFAULT);
        }
        if (!(value instanceof Table table)) {
            throw new IllegalArgumentException(
                    "set channels to %s, expected an array or set of names and patterns".formatted(shown(value)));
        }
        SortedMap<Long, String> array = new TreeMap<>();
        SortedSet<String> set = new TreeSet<>();
        for (int at = table.nextPosition(0); at >= 0; at = table.nextPosition(at + 1)) {
            if (table.keyAt(at) instanceof LuaInteger index) {
                array.put(index.value, nameOrPattern(table.valueAt(at)));
            } else if (isMember(table.keyAt(at), table.valueAt(at))) {
                set.add(nameOrPattern(table.keyAt(at)));
            }
        }
        return Stream.concat(array.values().stream(), set.stream()).toList();
    }

    private static boolean isMember(LuaValue key, LuaValue value) {
        if (value != LuaValue.TRUE && value != LuaValue.FALSE) {
            throw new IllegalArgumentException(
                    "set channels[%s] to %s, expected true".formatted(shown(key), shown(value)));
        }
        return value == LuaValue.TRUE;
    }

    private static String nameOrPattern(LuaValue value) {
        String name = text(value);
        if (!ChannelName.isNameOrPattern(name)) {
            throw new IllegalArgumentException("put " + shown(value) + " into channels, expected a name or pattern");
        }
        return name;
    }

    /** The text of a string that may be a name or pattern, which have no other characters than ASCII; else the empty text. */
    private static String text(LuaValue value) {
        return value instanceof LuaString string && string.m_length <= ChannelName.MAX_LENGTH
                ? Strings.text(string)
                : "";
    }

    private static String shown(LuaValue value) {
        if (!(value instanceof LuaString string)) {
            return "a " + value.typename();
        }
        if (!Utf8.diagnostic(string).isEmpty()) {
            return "text that is not UTF-8";
        }
        String text = Strings.text(string);
        return text.length() <= 2 * ChannelName.MAX_LENGTH
                ? '"' + text + '"'
                : '"' + text.substring(0, 2 * ChannelName.MAX_LENGTH) + "…\"";
    }
}
