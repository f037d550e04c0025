package dev.tinysse.luahooks.tables;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;

import dev.tinysse.api.HookException;
import dev.tinysse.api.Message;
import dev.tinysse.api.Publication;
import dev.tinysse.api.Subscription;
import dev.tinysse.lua.runtime.Coercion;
import dev.tinysse.lua.runtime.LuaRuntime;
import dev.tinysse.lua.value.LuaFloat;
import dev.tinysse.lua.value.LuaInteger;
import dev.tinysse.lua.value.Table;

/**
 * Reads what hooks return. All methods throw {@link HookException} if that is of the wrong type; they are for whoever is
 * inside of the engine.
 */
public final class Results {
    private final MessageReader published;
    private final MessageReader delivered;
    private final MessageReader caughtUp;

    /** @param complaints where to tell of what is wrong, but no failure */
    public Results(Complaints complaints) {
        published = new MessageReader("publish", complaints);
        delivered = new MessageReader("message", complaints);
        caughtUp = new MessageReader("catchup", complaints);
    }

    /**
     * What {@code publish} made of a publication.
     *
     * @param runtime the engine's state, within the limits of a call
     * @param given the table that the hook was given
     * @param result what it returned
     * @return what goes on, or nothing if it was refused
     */
    public Optional<Publication> publication(LuaRuntime runtime, Publication publication, PublicationTables tables,
            Table given, LuaValue result) {
        if (result == LuaValue.NIL) {
            return Optional.empty();
        }
        if (untouched(given, result, tables)) {
            return Optional.of(tables.attachedTo(publication));
        }
        Table changed = table("publish", "pub", result);
        requireTable("publish", "pub.req", changed.rawget(Keys.REQ));
        Message message = message(published, tables, requireTable("publish", "pub.msg", changed.rawget(Keys.MSG)));
        return Optional.of(tables.with(message, Kept.of(runtime, changed))
                .attachedTo(publication.withMessage(message)));
    }

    /** The same for {@code subscribe}. */
    public Optional<Subscription> subscription(LuaRuntime runtime, Subscription subscription, SubscriptionTables tables,
            Table given, LuaValue result) {
        if (result == LuaValue.NIL) {
            return Optional.empty();
        }
        if (untouched(given, result, tables)) {
            return Optional.of(tables.attachedTo(subscription));
        }
        Table changed = table("subscribe", "sub", result);
        requireTable("subscribe", "sub.req", changed.rawget(Keys.REQ));
        return Optional.of(tables.with(Kept.of(runtime, changed)).attachedTo(subscription));
    }

    /** What {@code message} made of a message: the very same if the hook left it alone, an empty one to skip the stream. */
    public Message delivery(PublicationTables tables, Table given, LuaValue result) {
        if (result == LuaValue.NIL) {
            return Message.EMPTY;
        }
        if (untouched(given, result, tables)) {
            return tables.message().message();
        }
        Table changed = table("message", "pub", result);
        requireTable("message", "pub.req", changed.rawget(Keys.REQ));
        return message(delivered, tables, requireTable("message", "pub.msg", changed.rawget(Keys.MSG)));
    }

    /** The messages that {@code catchup} returned; those without a field are left out. */
    public List<Message> history(LuaValue result) {
        if (result == LuaValue.NIL) {
            return List.of();
        }
        Table list = table("catchup", "an array of messages", result);
        List<Message> messages = new ArrayList<>();
        for (long i = 1; list.rawget(i) != LuaValue.NIL; i++) {
            Message message = caughtUp.read(requireTable("catchup", "message " + i, list.rawget(i)));
            if (!message.isEmpty()) {
                messages.add(message);
            }
        }
        return messages;
    }

    /** The milliseconds that {@code timeout} returned: at least 0, a fraction cut off; nothing for nil. */
    public OptionalLong retry(LuaValue result) {
        if (result == LuaValue.NIL) {
            return OptionalLong.empty();
        }
        LuaValue number = result instanceof LuaString || result.type() == LuaValue.TNUMBER
                ? Coercion.toNumber(result)
                : null;
        return switch (number) {
            case LuaInteger integer -> OptionalLong.of(Math.max(0, integer.value));
            case LuaFloat f -> OptionalLong.of(Math.max(0, (long) f.value));
            case null, default -> throw wrong("timeout", "a number of milliseconds or nil", result);
        };
    }

    private static boolean untouched(Table given, LuaValue result, Object tables) {
        return result == given && given.source() == tables;
    }

    private static Message message(MessageReader reader, PublicationTables tables, Table message) {
        return tables.message().describes(message) ? tables.message().message() : reader.read(message);
    }

    private static Table table(String hook, String expected, LuaValue result) {
        if (result instanceof Table table) {
            return table;
        }
        throw wrong(hook, expected + " or nil", result);
    }

    private static Table requireTable(String hook, String name, LuaValue value) {
        if (value instanceof Table table) {
            return table;
        }
        throw new HookException("%s must return a table in which %s is a table: %s is %s".formatted(hook, name, name,
                kind(value)));
    }

    private static HookException wrong(String hook, String expected, LuaValue result) {
        return new HookException("%s must return %s: it returned %s".formatted(hook, expected, kind(result)));
    }

    private static String kind(LuaValue value) {
        return value == LuaValue.NIL ? "nil" : "a " + value.typename();
    }
}
