package dev.tinysse.luahooks.tables;

import dev.tinysse.api.Attribute;
import dev.tinysse.api.Subscription;
import dev.tinysse.lua.runtime.LuaRuntime;
import dev.tinysse.lua.value.Strings;
import dev.tinysse.lua.value.Table;
import dev.tinysse.luahooks.packages.support.Utf8;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.luaj.vm2.LuaString;

/**
 * The tables {@code sub} of one stream: every call is given one of its own, and what is not touched costs nothing. To be
 * used by a thread that holds the lock of the engine.
 */
public final class SubscriptionTables implements Consumer<Table> {
    private static final Attribute<SubscriptionTables> TABLES = Attribute.of("lua.subscription",
            SubscriptionTables.class);

    private final LuaRuntime runtime;
    private final RequestSource request;
    private final Optional<Names> channels;
    private final Snapshot snapshot;

    private SubscriptionTables(LuaRuntime runtime, RequestSource request, Optional<Names> channels,
            Snapshot snapshot) {
        this.runtime = runtime;
        this.request = request;
        this.channels = channels;
        this.snapshot = snapshot;
    }

    /**
     * The tables of a stream, for scripts in one engine.
     *
     * @param channels whether the server has channels
     */
    public static SubscriptionTables of(LuaRuntime runtime, boolean channels, Subscription subscription) {
        SubscriptionTables found = subscription.get(TABLES).orElse(null);
        if (found != null && found.runtime == runtime) {
            return found;
        }
        return make(runtime, channels, subscription, found == null ? Snapshot.NOTHING : found.snapshot.data());
    }

    /** The tables of a stream with these keys. */
    static SubscriptionTables make(LuaRuntime runtime, boolean channels, Subscription subscription, Snapshot snapshot) {
        return new SubscriptionTables(runtime, new RequestSource(runtime.budget(), subscription.request()),
                channels ? Optional.of(new Names(subscription.channels())) : Optional.empty(), snapshot);
    }

    /** The keys that {@code subscribe} has set, if any. */
    static Optional<Snapshot> keysOf(Subscription subscription) {
        return subscription.get(TABLES).map(tables -> tables.snapshot).filter(keys -> keys != Snapshot.NOTHING);
    }

    /** {@code subscription} with these tables, so that they need not be made again. */
    public Subscription attachedTo(Subscription subscription) {
        return subscription.with(TABLES, this);
    }

    /** The table {@code subscription} when a hook has left other contents: these keys, the channels as they were returned. */
    Subscription changed(Subscription subscription, Table table) {
        boolean asked = isAsked(table);
        Snapshot keys = Snapshot.of(runtime, table, Keys.reservedOfSubscription(asked, request.hasClaims()));
        return new SubscriptionTables(runtime, request,
                asked ? channels : channels.map(_ -> new Names(subscription.channels())), keys)
                .attachedTo(user(table).map(subscription::withUser).orElse(subscription));
    }

    /** The user for the server, if the script says so. */
    private static Optional<String> user(Table table) {
        return table.rawget(Keys.USER) instanceof LuaString name && Utf8.diagnostic(name).isEmpty()
                ? Optional.of(Strings.text(name))
                : Optional.empty();
    }

    /** Whether {@code sub.channels} decides the channels of the stream, and differs from the request. */
    boolean hasOtherChannels(Table table) {
        return channels.isPresent() && !isAsked(table);
    }

    private boolean isAsked(Table table) {
        return channels.isPresent() && table.rawget(Keys.CHANNELS) instanceof Table list
                && list.isUntouched(channels.get());
    }

    /** A table for one call. */
    public Table table() {
        return Table.lazy(runtime.budget(), this);
    }

    @Override
    public void accept(Table table) {
        table.reserve(1 + (channels.isPresent() ? 1 : 0) + request.claimEntries() + snapshot.size());
        table.rawset(Keys.REQ, Table.lazy(runtime.budget(), request));
        if (channels.isPresent() && !snapshot.has(Keys.CHANNELS)) {
            table.rawset(Keys.CHANNELS, Table.lazy(runtime.budget(), channels.get()));
        }
        snapshot.addTo(table, runtime.budget());
        request.addClaims(runtime, table);
    }

    /** Fills the tables {@code channels}. */
    private record Names(Set<String> names) implements Consumer<Table> {
        @Override
        public void accept(Table table) {
            long index = 0;
            for (String name : names) {
                table.rawset(++index, Strings.of(name));
            }
        }
    }
}
