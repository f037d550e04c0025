package dev.tinysse.luahooks.packages;

import dev.tinysse.api.ChannelName;
import dev.tinysse.api.Channels;
import dev.tinysse.api.HookException;
import dev.tinysse.api.Message;
import dev.tinysse.api.Subscription;
import dev.tinysse.lua.function.Library;
import dev.tinysse.lua.operation.Calls;
import dev.tinysse.lua.runtime.LuaRuntime;
import dev.tinysse.lua.value.LuaException;
import dev.tinysse.lua.value.LuaInteger;
import dev.tinysse.lua.value.Strings;
import dev.tinysse.lua.value.Table;
import dev.tinysse.lua.value.Values;
import dev.tinysse.luahooks.packages.support.Arguments;
import dev.tinysse.luahooks.packages.support.ArrayTables;
import dev.tinysse.luahooks.packages.support.Conversion;
import dev.tinysse.luahooks.packages.support.ConversionException;
import dev.tinysse.luahooks.packages.support.ObjectType;
import dev.tinysse.luahooks.packages.support.Waiting;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.luaj.vm2.LuaValue;

/** The package {@code tinysse}: the server itself, its channels, streams and history. */
public final class TinyssePackage implements Library {
    private static final int ENTRY_BYTES = 64;

    private final String version;
    private final ScriptClock clock;
    private final ServerAccess server;

    /**
     * The package of a server.
     *
     * @param version of the server
     * @param clock the time that it tells
     * @param server what it does
     */
    public TinyssePackage(String version, ScriptClock clock, ServerAccess server) {
        this.version = version;
        this.clock = clock;
        this.server = server;
    }

    @Override
    public void open(LuaRuntime runtime) {
        ObjectType.named(runtime, "Tinysse", TinyssePackage.class)
                .function("now", arguments -> LuaInteger.of(clock.millis(arguments.runtime())))
                .function("publish", this::publish).function("subscribers", this::subscribers)
                .function("channels", this::channels).function("history", this::history)
                .function("disconnect", this::disconnect).constant("version", Strings.of(version))
                .install("tinysse", this);
    }

    private LuaValue publish(Arguments arguments) {
        LuaRuntime runtime = arguments.runtime();
        Message message = arguments.convert(1, ChannelMessages::read);
        String channel = arguments.absent(2) ? ChannelName.DEFAULT : arguments.convert(2, TinyssePackage::name);
        Channels channels = server(runtime);
        Channels.Published published = waitFor(runtime, () -> channels.publish(channel, message));
        Table result = runtime.newTable(0, 3);
        result.rawset("queued", LuaInteger.of(published.queued()));
        result.rawset("subscribers", LuaInteger.of(published.subscribers()));
        published.id().ifPresent(id -> result.rawset("id", Strings.of(id)));
        return result;
    }

    private LuaValue subscribers(Arguments arguments) {
        Channels channels = server(arguments.runtime());
        if (arguments.absent(1)) {
            return LuaInteger.of(asked(channels::subscribers));
        }
        String channel = arguments.convert(1, TinyssePackage::name);
        return LuaInteger.of(asked(() -> channels.subscribers(channel)));
    }

    private LuaValue channels(Arguments arguments) {
        LuaRuntime runtime = arguments.runtime();
        String prefix = arguments.absent(1) ? "" : arguments.text(1);
        Channels channels = server(runtime);
        Table list = ArrayTables.mark(runtime, runtime.newTable());
        for (Channels.ChannelInfo channel : asked(() -> channels.list(prefix))) {
            runtime.charge(ENTRY_BYTES + channel.name().length());
            Table entry = runtime.newTable(0, 2);
            entry.rawset("name", Strings.of(channel.name()));
            entry.rawset("subscribers", LuaInteger.of(channel.subscribers()));
            list.rawset(list.border() + 1, entry);
        }
        return list;
    }

    private LuaValue history(Arguments arguments) {
        LuaRuntime runtime = arguments.runtime();
        String channel = arguments.convert(1, TinyssePackage::name);
        Channels.HistoryQuery query = arguments.absent(2)
                ? HistoryOptions.NONE
                : arguments.convert(2, HistoryOptions::read);
        Channels channels = server(runtime);
        Table list = ArrayTables.mark(runtime, runtime.newTable());
        for (Channels.StoredMessage stored : waitFor(runtime, () -> channels.history(channel, query))) {
            list.rawset(list.border() + 1, ChannelMessages.table(runtime, stored));
        }
        return list;
    }

    /**
     * Asks the script about each stream first, and ends streams afterwards: no code of the server is running while the script
     * decides, so that it may also wait.
     */
    private LuaValue disconnect(Arguments arguments) {
        LuaRuntime runtime = arguments.runtime();
        LuaValue which = arguments.function(1);
        Channels channels = server(runtime);
        List<Subscription> streams = new ArrayList<>();
        waitFor(runtime, () -> channels.disconnect(stream -> {
            streams.add(stream);
            return false;
        }));
        Set<Subscription> chosen = Collections.newSetFromMap(new IdentityHashMap<>());
        for (Subscription stream : streams) {
            runtime.poll();
            if (Values.truth(Calls.call(runtime, which, server.sub(runtime, stream)))) {
                runtime.charge(ENTRY_BYTES);
                chosen.add(stream);
            }
        }
        return LuaInteger.of(chosen.isEmpty() ? 0 : waitFor(runtime, () -> channels.disconnect(chosen::contains)));
    }

    private Channels server(LuaRuntime runtime) {
        return asked(() -> server.channels(runtime));
    }

    private static String name(LuaValue value) {
        String name = Conversion.text(value);
        if (!ChannelName.isName(name)) {
            throw new ConversionException("string", "channel", "expected a name: \"" + name + "\"");
        }
        return name;
    }

    private static <T> T waitFor(LuaRuntime runtime, Callable<T> work) {
        return asked(() -> Waiting.on(runtime, work));
    }

    private static <T> T asked(Supplier<T> question) {
        try {
            return question.get();
        } catch (IllegalArgumentException | IllegalStateException | HookException e) {
            throw new LuaException(e.getMessage(), e);
        }
    }
}
