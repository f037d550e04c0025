package dev.tinysse.broker.publish;

import dev.tinysse.broker.log.LogException;
import dev.tinysse.broker.log.PublishResult;
import java.util.List;

/** The reply to a {@link PublishRequest}. */
public sealed interface PublishReply {
    /**
     * The request was carried out, now or before with the same key.
     *
     * @param results one for each publication, in order: accepted or rejected by the hook
     */
    record Completed(List<PublishResult> results) implements PublishReply {}

    /** The key has been used with other content; nothing was published. */
    record KeyReused() implements PublishReply {}

    /** The request was not carried out. Nothing was published, except perhaps with {@link #UNCERTAIN}. */
    enum Failure implements PublishReply {
        /** The broker takes no more requests. */
        STOPPING("server is stopping"),
        /** The log has no room; a later request may succeed. */
        HISTORY_FULL(LogException.Kind.FULL.text()),
        /** The backend of the log is not connected, or has too much to do: another node may take the request. */
        DISCONNECTED(LogException.Kind.DISCONNECTED.text()),
        /** The log cannot take messages, now or until the server is started again. */
        UNAVAILABLE(LogException.Kind.UNAVAILABLE.text()),
        /** The backend of the log does not respond: the messages may or may not have been published. */
        UNCERTAIN(LogException.Kind.UNCERTAIN.text());

        private final String text;

        Failure(String text) {
            this.text = text;
        }

        /** {@return the reason for the publisher} */
        public String text() {
            return text;
        }

        static Failure of(LogException failure) {
            return switch (failure.kind()) {
                case FULL -> HISTORY_FULL;
                case DISCONNECTED -> DISCONNECTED;
                case UNCERTAIN -> UNCERTAIN;
                case UNAVAILABLE, FAILED -> UNAVAILABLE;
            };
        }
    }
}
