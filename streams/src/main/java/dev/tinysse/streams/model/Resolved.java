package dev.tinysse.streams.model;

/** The meaning of an offset in a stream. */
public sealed interface Resolved {
    /**
     * The stream has issued it.
     *
     * @param position bytes before it
     */
    record Position(long position) implements Resolved {}

    /** The server has never issued it. */
    record NeverIssued() implements Resolved {}

    /** It belongs to a deleted stream of the same name, or to a state of the server that is lost. */
    record Lost() implements Resolved {}
}
