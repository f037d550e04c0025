package dev.tinysse.luahooks.tables;

import dev.tinysse.api.Attribute;
import dev.tinysse.api.Subscription;
import dev.tinysse.lua.LuaEngine;
import dev.tinysse.lua.value.Meter;
import dev.tinysse.lua.value.Table;
import dev.tinysse.lua.value.TableSource;

/**
 * The tables {@code sub} of one stream: every call is given one of its own, and what is not touched costs nothing. To be
 * used by whoever is inside of the engine.
 */
public final class SubscriptionTables extends TableSource {
    private static final Attribute<SubscriptionTables> TABLES = Attribute.of("lua.subscription",
            SubscriptionTables.class);

    private final LuaEngine engine;
    private final RequestSource request;
    private final Kept kept;

    private SubscriptionTables(LuaEngine engine, RequestSource request, Kept kept) {
        this.engine = engine;
        this.request = request;
        this.kept = kept;
    }

    /** The tables of a stream, for scripts in {@code engine}. */
    public static SubscriptionTables of(LuaEngine engine, Subscription subscription) {
        SubscriptionTables found = subscription.get(TABLES).orElse(null);
        if (found != null && found.engine == engine) {
            return found;
        }
        return new SubscriptionTables(engine, new RequestSource(subscription.request()),
                found == null ? Kept.NOTHING : found.kept.data());
    }

    /** {@code subscription} with these tables, so that they need not be made again. */
    public Subscription attachedTo(Subscription subscription) {
        return subscription.with(TABLES, this);
    }

    /** The tables after a hook has returned other contents. */
    SubscriptionTables with(Kept keys) {
        return new SubscriptionTables(engine, request, keys);
    }

    /** A table for one call. */
    public Table table(Meter meter) {
        return Table.lazy(meter, this);
    }

    @Override
    protected void fill(Table table, Meter meter) {
        table.reserve(1 + kept.size());
        table.rawset(Keys.REQ, Table.lazy(meter, request));
        kept.addTo(table, meter);
    }
}
