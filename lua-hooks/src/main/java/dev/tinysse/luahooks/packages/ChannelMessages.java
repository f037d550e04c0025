package dev.tinysse.luahooks.packages;

import dev.tinysse.api.Channels;
import dev.tinysse.api.Message;
import dev.tinysse.lua.runtime.LuaRuntime;
import dev.tinysse.lua.value.LuaInteger;
import dev.tinysse.lua.value.Strings;
import dev.tinysse.lua.value.Table;
import dev.tinysse.luahooks.packages.support.Conversion;
import dev.tinysse.luahooks.packages.support.ConversionException;
import dev.tinysse.luahooks.packages.support.Null;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;

/** Between messages and the tables in which scripts have them. Only for a thread that holds the lock of the engine. */
final class ChannelMessages {
    private static final int STRING_BYTES = 40;
    private static final int FIELDS = 6;

    private ChannelMessages() {}

    /**
     * The message in a table, as strictly as one over HTTP is read; a number is taken for its text.
     *
     * @throws ConversionException if it cannot be published
     */
    static Message read(LuaValue value) {
        Table table = Conversion.table(value);
        Message.Builder builder = Message.builder();
        text(table, "id").ifPresent(builder::id);
        text(table, "event").ifPresent(builder::event);
        text(table, "data").ifPresent(builder::data);
        comments(table).ifPresent(builder::comments);
        Message message = build(builder);
        if (message.isEmpty()) {
            throw new ConversionException("a message must have id, event, data or comment");
        }
        return message;
    }

    private static Message build(Message.Builder builder) {
        try {
            return builder.build();
        } catch (IllegalArgumentException e) {
            throw new ConversionException(e.getMessage());
        }
    }

    private static Optional<String> text(Table table, String field) {
        LuaValue value = table.rawget(field);
        return isAbsent(value) ? Optional.empty() : Optional.of(text(field, value));
    }

    private static Optional<List<String>> comments(Table table) {
        LuaValue value = table.rawget("comment");
        if (isAbsent(value)) {
            return Optional.empty();
        }
        if (!(value instanceof Table list)) {
            throw new ConversionException("comment is invalid: error converting Lua %s to table"
                    .formatted(Conversion.nameOf(value)));
        }
        List<String> comments = new ArrayList<>();
        for (long i = 1; list.rawget(i) != LuaValue.NIL; i++) {
            comments.add(text("comment", list.rawget(i)));
        }
        return Optional.of(comments);
    }

    private static boolean isAbsent(LuaValue value) {
        return value == LuaValue.NIL || value == Null.VALUE;
    }

    private static String text(String field, LuaValue value) {
        try {
            return Conversion.text(value);
        } catch (ConversionException e) {
            throw new ConversionException(field + " is invalid: " + e.getMessage());
        }
    }

    /** A message that history keeps. */
    static Table table(LuaRuntime runtime, Channels.StoredMessage stored) {
        Message message = stored.message();
        Table table = runtime.newTable(0, FIELDS);
        message.id().ifPresent(id -> table.rawset("id", string(runtime, id)));
        message.event().ifPresent(event -> table.rawset("event", string(runtime, event)));
        message.data().ifPresent(data -> table.rawset("data", string(runtime, data)));
        if (!message.comments().isEmpty()) {
            Table comments = runtime.newTable(message.comments().size(), 0);
            for (String comment : message.comments()) {
                comments.rawset(comments.border() + 1, string(runtime, comment));
            }
            table.rawset("comment", comments);
        }
        table.rawset("channel", string(runtime, stored.channel()));
        table.rawset("time", LuaInteger.of(stored.time()));
        return table;
    }

    private static LuaString string(LuaRuntime runtime, String text) {
        LuaString string = Strings.of(text);
        runtime.charge(STRING_BYTES + string.m_length);
        return string;
    }
}
