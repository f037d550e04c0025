package dev.tinysse.server.component;

/** Reads its files again when an operator wants that. Any thread may call it. */
@FunctionalInterface
public interface Reloadable {
    /** Reads them now, and returns when that is done. Does nothing after the stop. */
    void reload();
}
