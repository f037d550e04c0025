package dev.tinysse.luahooks.tables;

import dev.tinysse.api.Message;
import dev.tinysse.lua.value.Strings;
import dev.tinysse.lua.value.Table;
import dev.tinysse.luahooks.packages.support.Utf8;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;

/** Makes messages of the tables that a hook returns. Only for a thread that holds the lock of the engine. */
final class MessageReader {
    private final String hook;
    private final ResultWarnings warnings;

    /** @param hook what warnings call it: file, line and name */
    MessageReader(String hook, ResultWarnings warnings) {
        this.hook = hook;
        this.warnings = warnings;
    }

    /** The message in {@code table}; without a field if there is none, or if it could not be written to a stream. */
    Message read(Table table) {
        Message.Builder message = Message.builder();
        text(table, Keys.ID).ifPresent(message::id);
        text(table, Keys.EVENT).ifPresent(message::event);
        text(table, Keys.DATA).ifPresent(message::data);
        message.comments(comments(table.rawget(Keys.COMMENT)));
        try {
            return message.build();
        } catch (IllegalArgumentException e) {
            warnings.once(hook + ": message is not delivered: " + e.getMessage());
            return Message.EMPTY;
        }
    }

    private Optional<String> text(Table table, LuaString key) {
        LuaValue value = table.rawget(key);
        if (value == LuaValue.NIL) {
            return Optional.empty();
        }
        Optional<String> text = text(value);
        if (text.isEmpty()) {
            warnings.once("%s: %s of a message must be text or a number, and is ignored: %s is %s"
                    .formatted(hook, Strings.text(key), Strings.text(key), kind(value)));
        }
        return text;
    }

    private List<String> comments(LuaValue value) {
        if (value == LuaValue.NIL) {
            return List.of();
        }
        List<String> comments = new ArrayList<>();
        if (value instanceof Table table) {
            for (long i = 1; table.rawget(i) != LuaValue.NIL; i++) {
                Optional<String> text = text(table.rawget(i));
                if (text.isEmpty()) {
                    return noComments("an array that holds " + kind(table.rawget(i)));
                }
                comments.add(text.get());
            }
            return comments;
        }
        return noComments(kind(value));
    }

    private List<String> noComments(String found) {
        warnings.once("%s: comment of a message must be an array of texts and numbers, and is ignored: "
                .formatted(hook) + "comment is " + found);
        return List.of();
    }

    private static Optional<String> text(LuaValue value) {
        if (value instanceof LuaString string) {
            return Utf8.diagnostic(string).isEmpty() ? Optional.of(Strings.text(string)) : Optional.empty();
        }
        return value.type() == LuaValue.TNUMBER ? Optional.of(Strings.text(value.strvalue())) : Optional.empty();
    }

    private static String kind(LuaValue value) {
        return value instanceof LuaString ? "text that is not UTF-8" : "a " + value.typename();
    }
}
