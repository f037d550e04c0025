package dev.tinysse.server.admin;

/** Resources of the operators' listener that stand beside its own. Safe for any thread. */
public interface AdminResources extends AutoCloseable {
    /** Adds their paths; called once, before the listener starts. */
    void addTo(AdminRoutes routes);

    /** Ends what they have open, so that connections can close. */
    @Override
    void close();
}
