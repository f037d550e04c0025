package dev.tinysse.server.access;

import dev.tinysse.server.access.token.InvalidTokenException;
import dev.tinysse.server.access.token.TokenError;
import dev.tinysse.server.access.token.TokenVerifier;
import dev.tinysse.server.access.token.VerifiedToken;
import dev.tinysse.server.rights.Rights;
import io.helidon.webserver.http.ServerRequest;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Authenticates and authorizes requests. Safe for any thread; a call may wait for a key set that is being fetched. */
public final class Access {
    private final Credentials credentials;
    private final Optional<TokenVerifier> tokens;
    private final Origins origins;
    private final Rights anonymous;
    private volatile ApiKeys apiKeys = new ApiKeys(List.of());

    Access(Credentials credentials, Optional<TokenVerifier> tokens, Origins origins, Rights anonymous) {
        this.credentials = credentials;
        this.tokens = tokens;
        this.origins = origins;
        this.anonymous = anonymous;
    }

    /** These API keys are valid from now on, and no others. */
    void replace(ApiKeys keys) {
        apiKeys = keys;
    }

    /** {@return the query parameter that may bring a token, which is not for hooks and history} */
    public Optional<String> secretParameter() {
        return credentials.query();
    }

    /**
     * The caller of a publish request.
     *
     * @param request not null
     * @return the caller, perhaps without any right
     * @throws AccessDeniedException if what the request brings is not valid, or it brings nothing and nobody may publish so, or it came in a cookie for a page of others
     */
    public Caller publisher(ServerRequest request) throws AccessDeniedException {
        Caller caller = writer(request);
        if (caller.isAnonymous() && caller.rights().publish().isEmpty()) {
            throw AccessDeniedException.noToken(); // nobody reads a body for them
        }
        return caller;
    }

    /**
     * The caller of a request that changes a durable stream.
     *
     * @param request not null
     * @return the caller, perhaps without any right
     * @throws AccessDeniedException if what the request brings is not valid, or it came in a cookie for a page of others
     */
    public Caller writer(ServerRequest request) throws AccessDeniedException {
        Optional<Credential> credential = credentials.of(request);
        if (credential.isPresent() && credential.get().onlyCookie() && !origins.areTrusted(request)) {
            throw AccessDeniedException.foreignOrigin();
        }
        return caller(credential);
    }

    /**
     * The caller of a subscribe request.
     *
     * @param request not null
     * @return the caller, perhaps without any right
     * @throws AccessDeniedException if what the request brings is not valid
     */
    public Caller subscriber(ServerRequest request) throws AccessDeniedException {
        return caller(credentials.of(request));
    }

    private Caller caller(Optional<Credential> credential) throws AccessDeniedException {
        if (credential.isEmpty()) {
            return Caller.anonymous(anonymous);
        }
        Optional<Caller> application = apiKeys.find(credential.get().token());
        if (application.isPresent()) {
            return application.get();
        }
        try {
            return user(credential.get());
        } catch (InvalidTokenException e) {
            throw AccessDeniedException.invalid(e);
        }
    }

    private Caller user(Credential credential) throws InvalidTokenException {
        if (credential.isApiKey() || tokens.isEmpty()) {
            throw new InvalidTokenException(TokenError.API_KEY);
        }
        VerifiedToken token = tokens.get().verify(credential.token());
        return new Caller(token.rights(), token.claims(), Optional.of(token.expires()));
    }

    /**
     * Checks that somebody may publish to all of these channels.
     *
     * @param caller who
     * @param channels their names
     * @throws AccessDeniedException if there is one to which they may not
     */
    public static void requirePublish(Caller caller, Collection<String> channels) throws AccessDeniedException {
        for (String channel : channels) {
            if (!caller.rights().mayPublish(channel)) {
                throw denied(caller, "publish", channel);
            }
        }
    }

    /**
     * Checks that somebody may subscribe to all of these channels.
     *
     * @param caller who
     * @param channels names and patterns
     * @throws AccessDeniedException if there is one to which they may not, or a pattern that matches one
     */
    public static void requireSubscribe(Caller caller, Collection<String> channels) throws AccessDeniedException {
        for (String channel : channels) {
            if (!caller.rights().maySubscribe(channel)) {
                throw denied(caller, "subscribe", channel);
            }
        }
    }

    /**
     * Checks that somebody may read a durable stream.
     *
     * @param caller who
     * @param stream its name
     * @throws AccessDeniedException if they may not
     */
    public static void requireRead(Caller caller, String stream) throws AccessDeniedException {
        require(caller.rights().streams().mayRead(stream), caller, "read", stream);
    }

    /**
     * Checks that somebody may create a durable stream, append to it, close and delete it.
     *
     * @param caller who
     * @param stream its name
     * @throws AccessDeniedException if they may not
     */
    public static void requireWrite(Caller caller, String stream) throws AccessDeniedException {
        require(caller.rights().streams().mayWrite(stream), caller, "write", stream);
    }

    /**
     * Checks that somebody may close a durable stream.
     *
     * @param caller who
     * @param stream its name
     * @throws AccessDeniedException if they may not
     */
    public static void requireClose(Caller caller, String stream) throws AccessDeniedException {
        require(caller.rights().streams().mayClose(stream), caller, "close", stream);
    }

    private static void require(boolean permitted, Caller caller, String deed, String stream)
            throws AccessDeniedException {
        if (!permitted) {
            throw caller.isAnonymous()
                    ? AccessDeniedException.noToken()
                    : AccessDeniedException.forbiddenStream(deed, stream);
        }
    }

    /** {@return whether everyone may read a durable stream} */
    public boolean isPublic(String stream) {
        return anonymous.streams().mayRead(stream);
    }

    private static AccessDeniedException denied(Caller caller, String deed, String channel) {
        return caller.isAnonymous() ? AccessDeniedException.noToken() : AccessDeniedException.forbidden(deed, channel);
    }
}
