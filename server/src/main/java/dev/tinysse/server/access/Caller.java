package dev.tinysse.server.access;

import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** The sender of a request. Immutable. */
public interface Caller {
    /** {@return what their token says, or the name of their API key as {@code sub}; empty for one without} */
    Map<String, Object> claims();

    /**
     * The identity of this caller: of a token its issuer and its {@code sub}, or all claims if it has no {@code sub}; of an API key
     * its name.
     *
     * @return a text, the same for each request of the caller; empty for one without token and API key
     */
    Optional<String> identity();

    /**
     * When a stream of theirs ends: at a random moment in the last tenth of what is left, at most 30 s before the token expires, so that
     * clients that received their tokens together do not reconnect together.
     *
     * @param now what time it is
     * @param random where the moment comes from
     * @return the moment; empty if it does not end for that
     */
    Optional<Instant> endOfStream(Instant now, RandomGenerator random);

    /**
     * Checks that they may publish to all of these channels.
     *
     * @param channels their names
     * @throws AccessDeniedException if there is one to which they may not
     */
    void requirePublish(Collection<String> channels) throws AccessDeniedException;

    /**
     * Checks that they may subscribe to all of these channels.
     *
     * @param channels names and patterns
     * @throws AccessDeniedException if there is one to which they may not, or a pattern that matches one
     */
    void requireSubscribe(Collection<String> channels) throws AccessDeniedException;
}
