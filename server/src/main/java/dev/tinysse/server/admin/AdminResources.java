package dev.tinysse.server.admin;

import dev.tinysse.server.http.Router;
/** Resources of the operators' listener that stand beside its own. Safe for any thread. */
public interface AdminResources extends AutoCloseable {
    /** Adds their paths; called once, before the listener starts. */
    void addTo(Router router);

    /** Ends what they have open, so that connections can close. */
    @Override
    void close();
}
