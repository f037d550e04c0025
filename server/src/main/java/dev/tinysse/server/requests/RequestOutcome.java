package dev.tinysse.server.requests;

import java.util.Optional;

/** The result of a request, beside its status. For the request's thread alone. */
public final class RequestOutcome {
    private boolean refusedByHook;
    private Optional<String> authFailure = Optional.empty();
    private Optional<String> user = Optional.empty();
    private long started;
    private boolean stream;

    /** The request is refused by the script, whatever the status. */
    public void refuseByHook() {
        refusedByHook = true;
    }

    /**
     * The request is refused since a check of its token failed, or since its rights do not reach.
     *
     * @param reason one of a few words, nothing that a client could choose
     */
    public void failAuth(String reason) {
        authFailure = Optional.of(reason);
    }

    /** The sender of the request has been verified. */
    public void identify(Optional<String> sub) {
        user = sub;
    }

    /** The request has become a stream, and its response has begun. */
    public void startStream() {
        stream = true;
        started = System.nanoTime();
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
