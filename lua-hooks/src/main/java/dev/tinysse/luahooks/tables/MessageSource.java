package dev.tinysse.luahooks.tables;

import dev.tinysse.api.Message;
import dev.tinysse.lua.value.Meter;
import dev.tinysse.lua.value.Strings;
import dev.tinysse.lua.value.Table;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;

/** Fills the tables {@code msg} of one message, and tells whether such a table still says the same. */
final class MessageSource implements Consumer<Table> {
    private final Meter meter;
    private final Message message;
    private boolean converted;
    private LuaValue id;
    private LuaValue event;
    private LuaValue data;
    private Comments comments;

    MessageSource(Meter meter, Message message) {
        this.meter = meter;
        this.message = message;
    }

    Message message() {
        return message;
    }

    @Override
    public void accept(Table table) {
        if (!converted) {
            convert();
        }
        table.rawset(Keys.ID, id);
        table.rawset(Keys.EVENT, event);
        table.rawset(Keys.DATA, data);
        if (comments != null) {
            table.rawset(Keys.COMMENT, Table.lazy(meter, comments));
        }
    }

    private void convert() {
        id = string(message.id());
        event = string(message.event());
        data = string(message.data());
        comments = message.comments().isEmpty() ? null : new Comments(message.comments());
        converted = true;
    }

    private static LuaValue string(Optional<String> text) {
        return text.isPresent() ? Strings.of(text.get()) : LuaValue.NIL;
    }

    /** Whether {@code table} has the very values that {@link #accept} puts into it. */
    boolean describes(Table table) {
        if (table.isUntouched()) {
            return table.isUntouched(this);
        }
        return converted && table.rawget(Keys.ID) == id && table.rawget(Keys.EVENT) == event
                && table.rawget(Keys.DATA) == data && sameComments(table.rawget(Keys.COMMENT));
    }

    private boolean sameComments(LuaValue found) {
        return comments == null
                ? found == LuaValue.NIL
                : found instanceof Table list && comments.describe(list);
    }

    private static final class Comments implements Consumer<Table> {
        private final LuaString[] texts;

        Comments(List<String> texts) {
            this.texts = texts.stream().map(Strings::of).toArray(LuaString[]::new);
        }

        @Override
        public void accept(Table table) {
            for (int i = 0; i < texts.length; i++) {
                table.rawset(i + 1L, texts[i]);
            }
        }

        boolean describe(Table table) {
            if (table.isUntouched()) {
                return table.isUntouched(this);
            }
            for (int i = 0; i < texts.length; i++) {
                if (table.rawget(i + 1L) != texts[i]) {
                    return false;
                }
            }
            return table.rawget(texts.length + 1L) == LuaValue.NIL;
        }
    }
}
