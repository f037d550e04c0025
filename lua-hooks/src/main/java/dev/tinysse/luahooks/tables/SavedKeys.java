package dev.tinysse.luahooks.tables;

import dev.tinysse.api.HookException;
import dev.tinysse.api.Publication;
import dev.tinysse.api.Subscription;
import dev.tinysse.lua.runtime.LuaRuntime;
import dev.tinysse.lua.value.Table;
import dev.tinysse.luahooks.packages.support.ArrayTables;
import java.util.Optional;

/** The attributes that {@code publish} has set on a publication, as text that history stores. Safe for any thread, inside of the engine or not. */
public final class SavedKeys {
    private final LuaRuntime runtime;
    private final boolean channels;
    private final Table arrayMark;
    private final String hook;
    private final ResultWarnings warnings;

    /**
     * For scripts in one engine; to be made inside of it.
     *
     * @param channels whether the server has channels
     * @param hook what warnings call the hook {@code publish}: file, line and name
     * @param warnings where to tell what is left out
     */
    public SavedKeys(LuaRuntime runtime, boolean channels, String hook, ResultWarnings warnings) {
        this.runtime = runtime;
        this.channels = channels;
        this.arrayMark = ArrayTables.markOf(runtime);
        this.hook = hook;
        this.warnings = warnings;
    }

    /** The text; nothing if {@code publish} has set no key, or none that is data. */
    public Optional<String> save(Publication publication) {
        return PublicationTables.keysOf(publication)
                .map(keys -> keys.written(new SnapshotWriter(arrayMark, this::leftOut)))
                .filter(text -> !text.equals(SnapshotWriter.VERSION));
    }

    /** The text for another node; nothing if {@code subscribe} has set no key, or none that is data. What is no data is left out. */
    public Optional<String> save(Subscription subscription) {
        return SubscriptionTables.keysOf(subscription)
                .map(keys -> keys.written(new SnapshotWriter(arrayMark, (key, what) -> {})))
                .filter(text -> !text.equals(SnapshotWriter.VERSION));
    }

    /**
     * {@code subscription} as {@code subscribe} has left it on another node.
     *
     * @throws HookException if the text is of something else
     */
    public Subscription restore(Subscription subscription, String text) {
        try {
            Snapshot keys = new SnapshotReader(text, arrayMark).read();
            return SubscriptionTables.make(runtime, channels, subscription, keys).attachedTo(subscription);
        } catch (IllegalArgumentException e) {
            throw new HookException("cannot read the keys of a stream of another node: " + e.getMessage(), e);
        }
    }

    private void leftOut(String key, String what) {
        String found = hook + ": history keeps data alone: " + key;
        warnings.once(found, found + what);
    }

    /**
     * {@code publication} as {@code publish} has left it.
     *
     * @throws HookException if the text is of something else
     */
    public Publication restore(Publication publication, String text) {
        try {
            Snapshot keys = new SnapshotReader(text, arrayMark).read();
            return PublicationTables.make(runtime, channels, publication, keys).attachedTo(publication);
        } catch (IllegalArgumentException e) {
            throw new HookException("cannot read the keys that history keeps with a message: " + e.getMessage(), e);
        }
    }
}
