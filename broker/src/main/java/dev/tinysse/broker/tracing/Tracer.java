package dev.tinysse.broker.tracing;

import java.util.Optional;

/** Makes spans. Safe for any thread. */
public interface Tracer extends AutoCloseable {
    /**
     * Begins a span: a part of the one that is under way on this thread; else of the caller's, if there is one; else of none.
     *
     * @param name what is done, one of a few
     * @param traceparent what the caller sent; ignored if it is malformed
     * @return to be closed on this thread
     */
    Span begin(String name, Optional<String> traceparent);

    /** Sends what has been recorded, for a few seconds at most. */
    @Override
    void close();

    /** Something that is under way. For the thread that began it. */
    interface Span extends AutoCloseable {
        /**
         * Notes something about it.
         *
         * @param name of the attribute
         * @param value of it
         */
        void note(String name, long value);

        /**
         * It has failed.
         *
         * @param what happened, without anything secret
         */
        void fail(String what);

        @Override
        void close();
    }
}
