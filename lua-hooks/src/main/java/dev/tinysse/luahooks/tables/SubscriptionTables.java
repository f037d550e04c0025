package dev.tinysse.luahooks.tables;

import dev.tinysse.api.Attribute;
import dev.tinysse.api.Subscription;
import dev.tinysse.lua.runtime.LuaRuntime;
import dev.tinysse.lua.value.Table;
import java.util.function.Consumer;

/**
 * The tables {@code sub} of one stream: every call is given one of its own, and what is not touched costs nothing. To be
 * used by whoever is inside of the engine.
 */
public final class SubscriptionTables implements Consumer<Table> {
    private static final Attribute<SubscriptionTables> TABLES = Attribute.of("lua.subscription",
            SubscriptionTables.class);

    private final LuaRuntime runtime;
    private final RequestSource request;
    private final Snapshot snapshot;

    private SubscriptionTables(LuaRuntime runtime, RequestSource request, Snapshot snapshot) {
        this.runtime = runtime;
        this.request = request;
        this.snapshot = snapshot;
    }

    /** The tables of a stream, for scripts in one engine. */
    public static SubscriptionTables of(LuaRuntime runtime, Subscription subscription) {
        SubscriptionTables found = subscription.get(TABLES).orElse(null);
        if (found != null && found.runtime == runtime) {
            return found;
        }
        return new SubscriptionTables(runtime, new RequestSource(runtime.budget(), subscription.request()),
                found == null ? Snapshot.NOTHING : found.snapshot.data());
    }

    /** {@code subscription} with these tables, so that they need not be made again. */
    public Subscription attachedTo(Subscription subscription) {
        return subscription.with(TABLES, this);
    }

    /** The tables after a hook has returned other contents. */
    SubscriptionTables with(Snapshot keys) {
        return new SubscriptionTables(runtime, request, keys);
    }

    /** A table for one call. */
    public Table table() {
        return Table.lazy(runtime.budget(), this);
    }

    @Override
    public void accept(Table table) {
        table.reserve(1 + snapshot.size());
        table.rawset(Keys.REQ, Table.lazy(runtime.budget(), request));
        snapshot.addTo(table, runtime.budget());
    }
}
