package dev.tinysse.server.transport;

import dev.tinysse.broker.stream.StreamEnding;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The result of a request, beside its status; for counters and logs. For the request's thread alone, and present
 * only if there are any.
 */
public final class RequestOutcome {
    private static final ScopedValue<RequestOutcome> CURRENT = ScopedValue.newInstance();

    private boolean refusedByHook;
    private Optional<String> authFailure = Optional.empty();
    private Optional<String> user = Optional.empty();
    private Optional<Supplier<Consumer<StreamEnding>>> whenStreamEnds = Optional.empty();
    private long started;
    private boolean stream;

    /** Handles a request whose outcome somebody wants to know. */
    public void during(Runnable handling) {
        ScopedValue.where(CURRENT, this).run(handling);
    }

    /** The request is refused by the script, whatever the status. */
    public static void refuseByHook() {
        if (CURRENT.isBound()) {
            CURRENT.get().refusedByHook = true;
        }
    }

    /**
     * The request is refused since a check of its token failed, or since its rights do not reach.
     *
     * @param reason one of a few words, nothing that a client could choose
     */
    public static void failAuth(String reason) {
        if (CURRENT.isBound()) {
            CURRENT.get().authFailure = Optional.of(reason);
        }
    }

    /** The sender of the request has been verified. */
    public static void identify(Optional<String> sub) {
        if (CURRENT.isBound()) {
            CURRENT.get().user = sub;
        }
    }

    /** {@return who wants to know how the stream ends that the request becomes; asked while there is the request} */
    public static Optional<Consumer<StreamEnding>> streamObserver() {
        return CURRENT.isBound() ? CURRENT.get().whenStreamEnds.map(Supplier::get) : Optional.empty();
    }

    /** Notes who wants to know how the stream ends that the request may become. */
    public void whenStreamEnds(Supplier<Consumer<StreamEnding>> observer) {
        whenStreamEnds = Optional.of(observer);
    }

    /** The request has become a stream, and its response has begun. */
    public static void startStream() {
        if (CURRENT.isBound()) {
            CURRENT.get().stream = true;
            CURRENT.get().started = System.nanoTime();
        }
    }

    /** {@return whether the script has refused the request} */
    public boolean isRefusedByHook() {
        return refusedByHook;
    }

    /** {@return who sent the request, if that is known} */
    public Optional<String> user() {
        return user;
    }

    /** {@return why the request may not do what it asks for, if so} */
    public Optional<String> authFailure() {
        return authFailure;
    }

    /** When the response began, if the request has become a stream; else it begins when it ends. */
    public long started(long otherwise) {
        return stream ? started : otherwise;
    }

    /** {@return whether the request has become a stream} */
    public boolean isStream() {
        return stream;
    }
}
