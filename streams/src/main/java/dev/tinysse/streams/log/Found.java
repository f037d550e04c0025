package dev.tinysse.streams.log;

/** The result of looking for a stream. */
public sealed interface Found {
    /**
     * The stream exists.
     *
     * @param stream that one
     */
    record Present(DurableStream stream) implements Found {}

    /** There is none of this name. */
    record Missing() implements Found {}

    /** It has been deleted, and forks of it exist. */
    record SoftDeleted() implements Found {}
}
