package dev.tinysse.luahooks.tables;

import dev.tinysse.api.Attribute;
import dev.tinysse.api.Message;
import dev.tinysse.api.Publication;
import dev.tinysse.lua.runtime.LuaRuntime;
import dev.tinysse.lua.value.Table;
import java.util.function.Consumer;

/**
 * The tables {@code pub} of one publication: every call is given one of its own, and what is not touched costs nothing. To
 * be used by whoever is inside of the engine.
 */
public final class PublicationTables implements Consumer<Table> {
    private static final Attribute<PublicationTables> TABLES = Attribute.of("lua.publication", PublicationTables.class);

    private final LuaRuntime runtime;
    private final RequestSource request;
    private final MessageSource message;
    private final Snapshot snapshot;

    private PublicationTables(LuaRuntime runtime, RequestSource request, Message message, Snapshot snapshot) {
        this.runtime = runtime;
        this.request = request;
        this.message = new MessageSource(runtime.budget(), message);
        this.snapshot = snapshot;
    }

    /** The tables of a publication, for scripts in one engine. */
    public static PublicationTables of(LuaRuntime runtime, Publication publication) {
        PublicationTables found = publication.get(TABLES).orElse(null);
        if (found != null && found.runtime == runtime) {
            return found;
        }
        return new PublicationTables(runtime, new RequestSource(runtime.budget(), publication.request()),
                publication.message(),
                found == null ? Snapshot.NOTHING : found.snapshot.data());
    }

    /** {@code publication} with these tables, so that they need not be made again. */
    public Publication attachedTo(Publication publication) {
        return publication.with(TABLES, this);
    }

    /** The tables after a hook has returned other contents. */
    PublicationTables with(Message changed, Snapshot keys) {
        return new PublicationTables(runtime, request, changed, keys);
    }

    /** A table for one call. */
    public Table table() {
        return Table.lazy(runtime.budget(), this);
    }

    @Override
    public void accept(Table table) {
        table.reserve(2 + snapshot.size());
        table.rawset(Keys.REQ, Table.lazy(runtime.budget(), request));
        table.rawset(Keys.MSG, Table.lazy(runtime.budget(), message));
        snapshot.addTo(table, runtime.budget());
    }

    MessageSource message() {
        return message;
    }
}
