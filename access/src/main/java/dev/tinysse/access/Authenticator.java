package dev.tinysse.access;

import dev.tinysse.access.token.InvalidTokenException;
import dev.tinysse.access.token.TokenError;
import dev.tinysse.access.token.TokenVerifier;
import dev.tinysse.access.token.VerifiedToken;
import dev.tinysse.server.access.Access;
import dev.tinysse.server.access.AccessDeniedException;
import dev.tinysse.server.access.Caller;
import dev.tinysse.server.rights.Rights;
import io.helidon.webserver.http.ServerRequest;
import java.util.List;
import java.util.Optional;

/** Authenticates requests with the keys that are valid now. Safe for any thread; a call may wait for a key set that is being fetched. */
final class Authenticator implements Access {
    private final Credentials credentials;
    private final Optional<TokenVerifier> tokens;
    private final Origins origins;
    private final Rights anonymous;
    private volatile ApiKeys apiKeys = new ApiKeys(List.of());

    Authenticator(Credentials credentials, Optional<TokenVerifier> tokens, Origins origins, Rights anonymous) {
        this.credentials = credentials;
        this.tokens = tokens;
        this.origins = origins;
        this.anonymous = anonymous;
    }

    /** These API keys are valid from now on, and no others. */
    void replace(ApiKeys keys) {
        apiKeys = keys;
    }

    @Override
    public Optional<String> secretParameter() {
        return credentials.query();
    }

    @Override
    public Caller publisher(ServerRequest request) throws AccessDeniedException {
        Optional<Credential> credential = credentials.of(request);
        if (credential.isPresent() && credential.get().onlyCookie() && !origins.areTrusted(request)) {
            throw Denials.foreignOrigin();
        }
        Principal caller = caller(credential);
        if (caller.isAnonymous() && caller.rights().publish().isEmpty()) {
            throw Denials.noToken(); // nobody reads a body for them
        }
        return caller;
    }

    @Override
    public Caller subscriber(ServerRequest request) throws AccessDeniedException {
        return caller(credentials.of(request));
    }

    private Principal caller(Optional<Credential> credential) throws AccessDeniedException {
        if (credential.isEmpty()) {
            return Principal.anonymous(anonymous);
        }
        Optional<Principal> application = apiKeys.find(credential.get().token());
        if (application.isPresent()) {
            return application.get();
        }
        try {
            return user(credential.get());
        } catch (InvalidTokenException e) {
            throw Denials.invalid(e.error());
        }
    }

    private Principal user(Credential credential) throws InvalidTokenException {
        if (credential.isApiKey() || tokens.isEmpty()) {
            throw new InvalidTokenException(TokenError.API_KEY);
        }
        VerifiedToken token = tokens.get().verify(credential.token());
        return new Principal(token.rights(), token.claims(), Optional.of(token.expires()));
    }
}
