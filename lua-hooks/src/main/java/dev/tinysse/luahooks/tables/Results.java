package dev.tinysse.luahooks.tables;

import dev.tinysse.api.Decision;
import dev.tinysse.api.Hook;
import dev.tinysse.api.HookException;
import dev.tinysse.api.Message;
import dev.tinysse.api.Publication;
import dev.tinysse.api.Refusal;
import dev.tinysse.api.Subscription;
import dev.tinysse.lua.operation.Coercion;
import dev.tinysse.lua.value.LuaFloat;
import dev.tinysse.lua.value.LuaInteger;
import dev.tinysse.lua.value.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/**
 * Reads what hooks return. All methods throw {@link HookException} if that is of the wrong type; only a thread that holds
 * the lock of the engine may call them.
 */
public final class Results {
    private final Map<Hook, String> names;
    private final MessageReader published;
    private final MessageReader delivered;
    private final MessageReader caughtUp;

    /**
     * A reader of results.
     *
     * @param names what messages call the hooks that are there: file, line and name
     * @param warnings where to tell of what is wrong, but no failure
     */
    public Results(Map<Hook, String> names, ResultWarnings warnings) {
        this.names = Map.copyOf(names);
        published = new MessageReader(names.get(Hook.PUBLISH), warnings);
        delivered = new MessageReader(names.get(Hook.MESSAGE), warnings);
        caughtUp = new MessageReader(names.get(Hook.CATCHUP), warnings);
    }

    /**
     * The result of {@code publish} for a publication, to be requested within the limits of a call.
     *
     * @param argument the table that the hook was given
     * @param returned all that it returned
     * @return what goes on, or how it was refused
     */
    public Decision<Publication> publication(Publication publication, PublicationTables tables, Table argument,
            Varargs returned) {
        LuaValue result = returned.arg1();
        if (result == LuaValue.NIL) {
            return Decision.refuse(refusal(Hook.PUBLISH, returned));
        }
        if (untouched(argument, result)) {
            return Decision.accept(tables.attachedTo(publication));
        }
        Table changed = table(Hook.PUBLISH, "a table", result);
        requireTable(Hook.PUBLISH, "pub.req", changed.rawget(Keys.REQ));
        Message message = message(published, tables, requireTable(Hook.PUBLISH, "pub.msg", changed.rawget(Keys.MSG)));
        Publication readdressed = tables.hasChannel()
                ? publication.withChannel(
                        channels(Hook.PUBLISH, ChannelReader::name, changed.rawget(Keys.CHANNEL)))
                : publication;
        return Decision.accept(tables.changed(readdressed.withMessage(message), changed));
    }

    /** The same for {@code subscribe}. */
    public Decision<Subscription> subscription(Subscription subscription, SubscriptionTables tables, Table argument,
            Varargs returned) {
        LuaValue result = returned.arg1();
        if (result == LuaValue.NIL) {
            return Decision.refuse(refusal(Hook.SUBSCRIBE, returned));
        }
        if (untouched(argument, result)) {
            return Decision.accept(tables.attachedTo(subscription));
        }
        Table changed = table(Hook.SUBSCRIBE, "a table", result);
        requireTable(Hook.SUBSCRIBE, "sub.req", changed.rawget(Keys.REQ));
        Subscription redirected = tables.hasOtherChannels(changed)
                ? subscription.withChannels(
                        channels(Hook.SUBSCRIBE, ChannelReader::namesAndPatterns, changed.rawget(Keys.CHANNELS)))
                : subscription;
        return Decision.accept(tables.changed(redirected, changed));
    }

    /** The result of {@code message} for a message: the very same if the hook left it alone, an empty one to skip the stream. */
    public Message delivery(PublicationTables tables, Table argument, LuaValue result) {
        if (result == LuaValue.NIL) {
            return Message.EMPTY;
        }
        if (untouched(argument, result)) {
            return tables.message().message();
        }
        Table changed = table(Hook.MESSAGE, "a table", result);
        requireTable(Hook.MESSAGE, "pub.req", changed.rawget(Keys.REQ));
        return message(delivered, tables, requireTable(Hook.MESSAGE, "pub.msg", changed.rawget(Keys.MSG)));
    }

    /** The messages that {@code catchup} returned, without those that have no field; nothing for nil. */
    public Optional<List<Message>> history(LuaValue result) {
        if (result == LuaValue.NIL) {
            return Optional.empty();
        }
        Table list = table(Hook.CATCHUP, "an array of messages", result);
        List<Message> messages = new ArrayList<>();
        for (long i = 1; list.rawget(i) != LuaValue.NIL; i++) {
            Message message = caughtUp.read(requireTable(Hook.CATCHUP, "message " + i, list.rawget(i)));
            if (!message.isEmpty()) {
                messages.add(message);
            }
        }
        return Optional.of(messages);
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
            case null, default -> throw wrong(Hook.TIMEOUT, "a number of milliseconds or nil", result);
        };
    }

    private <T> T channels(Hook hook, Function<LuaValue, T> read, LuaValue value) {
        try {
            return read.apply(value);
        } catch (IllegalArgumentException e) {
            throw new HookException(names.get(hook) + " " + e.getMessage(), e);
        }
    }

    /** The values behind the nil of a hook that rejects. */
    private Refusal refusal(Hook hook, Varargs returned) {
        try {
            return RefusalReader.read(returned.arg(2));
        } catch (IllegalArgumentException e) {
            throw new HookException("%s refuses in a way that cannot be sent: %s".formatted(names.get(hook),
                    e.getMessage()), e);
        }
    }

    private static boolean untouched(Table argument, LuaValue result) {
        return result == argument && argument.isUntouched();
    }

    private static Message message(MessageReader reader, PublicationTables tables, Table message) {
        return tables.message().describes(message) ? tables.message().message() : reader.read(message);
    }

    private Table table(Hook hook, String expected, LuaValue result) {
        if (result instanceof Table table) {
            return table;
        }
        throw wrong(hook, expected + " or nil", result);
    }

    private Table requireTable(Hook hook, String name, LuaValue value) {
        if (value instanceof Table table) {
            return table;
        }
        throw new HookException("%s returned a table in which %s is %s, expected a table".formatted(
                names.get(hook), name, kind(value)));
    }

    private HookException wrong(Hook hook, String expected, LuaValue result) {
        return new HookException(
                "%s returned %s, expected %s".formatted(names.get(hook), kind(result), expected));
    }

    private static String kind(LuaValue value) {
        return value == LuaValue.NIL ? "nil" : "a " + value.typename();
    }
}
