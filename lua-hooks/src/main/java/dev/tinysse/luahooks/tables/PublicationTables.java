package dev.tinysse.luahooks.tables;

import dev.tinysse.api.Attribute;
import dev.tinysse.api.Message;
import dev.tinysse.api.Publication;
import dev.tinysse.lua.LuaEngine;
import dev.tinysse.lua.value.Meter;
import dev.tinysse.lua.value.Table;
import dev.tinysse.lua.value.TableSource;

/**
 * The tables {@code pub} of one publication: every call is given one of its own, and what is not touched costs nothing. To
 * be used by whoever is inside of the engine.
 */
public final class PublicationTables extends TableSource {
    private static final Attribute<PublicationTables> TABLES = Attribute.of("lua.publication", PublicationTables.class);

    private final LuaEngine engine;
    private final RequestSource request;
    private final MessageSource message;
    private final Kept kept;

    private PublicationTables(LuaEngine engine, RequestSource request, Message message, Kept kept) {
        this.engine = engine;
        this.request = request;
        this.message = new MessageSource(message);
        this.kept = kept;
    }

    /** The tables of a publication, for scripts in {@code engine}. */
    public static PublicationTables of(LuaEngine engine, Publication publication) {
        PublicationTables found = publication.get(TABLES).orElse(null);
        if (found != null && found.engine == engine) {
            return found;
        }
        return new PublicationTables(engine, new RequestSource(publication.request()), publication.message(),
                found == null ? Kept.NOTHING : found.kept.data());
    }

    /** {@code publication} with these tables, so that they need not be made again. */
    public Publication attachedTo(Publication publication) {
        return publication.with(TABLES, this);
    }

    /** The tables after a hook has returned other contents. */
    PublicationTables with(Message changed, Kept keys) {
        return new PublicationTables(engine, request, changed, keys);
    }

    /** A table for one call. */
    public Table table(Meter meter) {
        return Table.lazy(meter, this);
    }

    @Override
    protected void fill(Table table, Meter meter) {
        table.reserve(2 + kept.size());
        table.rawset(Keys.REQ, Table.lazy(meter, request));
        table.rawset(Keys.MSG, Table.lazy(meter, message));
        kept.addTo(table, meter);
    }

    MessageSource message() {
        return message;
    }
}
