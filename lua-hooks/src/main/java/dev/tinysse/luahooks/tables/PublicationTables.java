package dev.tinysse.luahooks.tables;

import dev.tinysse.api.Attribute;
import dev.tinysse.api.Publication;
import dev.tinysse.lua.runtime.LuaRuntime;
import dev.tinysse.lua.value.Strings;
import dev.tinysse.lua.value.Table;
import java.util.Optional;
import java.util.function.Consumer;
import org.luaj.vm2.LuaString;

/**
 * The tables {@code pub} of one publication: every call is given one of its own, and what is not touched costs nothing. To
 * be used by a thread that holds the lock of the engine.
 */
public final class PublicationTables implements Consumer<Table> {
    private static final Attribute<PublicationTables> TABLES = Attribute.of("lua.publication", PublicationTables.class);

    private final LuaRuntime runtime;
    private final RequestSource request;
    private final Optional<LuaString> channel;
    private final MessageSource message;
    private final Snapshot snapshot;
    /** The tables of what the server has made of the publication since; null as long as that is nothing. */
    private PublicationTables changed;

    private PublicationTables(LuaRuntime runtime, RequestSource request, Optional<LuaString> channel,
            MessageSource message, Snapshot snapshot) {
        this.runtime = runtime;
        this.request = request;
        this.channel = channel;
        this.message = message;
        this.snapshot = snapshot;
    }

    /**
     * The tables of a publication, for scripts in one engine.
     *
     * @param channels whether the server has channels
     */
    public static PublicationTables of(LuaRuntime runtime, boolean channels, Publication publication) {
        PublicationTables found = publication.get(TABLES).orElse(null);
        if (found != null && found.runtime == runtime) {
            return found.current(publication);
        }
        return make(runtime, channels, publication, found == null ? Snapshot.NOTHING : found.snapshot.data());
    }

    /** The tables of a publication with these keys. */
    static PublicationTables make(LuaRuntime runtime, boolean channels, Publication publication, Snapshot snapshot) {
        return new PublicationTables(runtime, new RequestSource(runtime.budget(), publication.request()),
                channels ? Optional.of(Strings.of(publication.channel())) : Optional.empty(),
                new MessageSource(runtime.budget(), publication.message()), snapshot);
    }

    /** A server with history gives a message an id, and takes what is secret out of a request. */
    private PublicationTables current(Publication publication) {
        if (isAbout(publication)) {
            return this;
        }
        if (changed == null || !changed.isAbout(publication)) {
            changed = make(runtime, channel.isPresent(), publication, snapshot);
        }
        return changed;
    }

    private boolean isAbout(Publication publication) {
        return request.request() == publication.request() && message.message() == publication.message();
    }

    /** {@code publication} with these tables, so that they need not be made again. */
    public Publication attachedTo(Publication publication) {
        return publication.with(TABLES, this);
    }

    /** The table {@code publication} when a hook has left other contents: its message and channel, and these keys. */
    Publication changed(Publication publication, Table table) {
        Snapshot keys = Snapshot.of(runtime, table,
                Keys.reservedOfPublication(channel.isPresent(), request.hasClaims()));
        MessageSource source = publication.message() == message.message()
                ? message
                : new MessageSource(runtime.budget(), publication.message());
        return new PublicationTables(runtime, request, channel.map(_ -> Strings.of(publication.channel())), source,
                keys).attachedTo(publication);
    }

    /** Whether {@code pub.channel} says where the message goes. */
    boolean hasChannel() {
        return channel.isPresent();
    }

    /** A table for one call. */
    public Table table() {
        return Table.lazy(runtime.budget(), this);
    }

    @Override
    public void accept(Table table) {
        table.reserve(2 + (channel.isPresent() ? 1 : 0) + request.claimEntries() + snapshot.size());
        table.rawset(Keys.REQ, Table.lazy(runtime.budget(), request));
        table.rawset(Keys.MSG, Table.lazy(runtime.budget(), message));
        snapshot.addTo(table, runtime.budget());
        channel.ifPresent(name -> table.rawset(Keys.CHANNEL, name));
        request.addClaims(runtime, table);
    }

    MessageSource message() {
        return message;
    }

    Snapshot snapshot() {
        return snapshot;
    }

    /** The keys that {@code publish} has left on a publication; nothing if there are none. */
    static Optional<Snapshot> keysOf(Publication publication) {
        return publication.get(TABLES).map(PublicationTables::snapshot).filter(keys -> keys != Snapshot.NOTHING);
    }
}
