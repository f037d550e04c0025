package dev.tinysse.access.token;

import dev.tinysse.api.Request;
import dev.tinysse.server.rights.Rights;
import java.time.Instant;
import java.util.Map;

/**
 * The content of a token whose signature is valid. Immutable.
 *
 * @param claims all of them, as {@link Request#claims} describes them
 * @param rights those in their claim
 * @param expires when it is no longer valid
 * @param begins since when it is valid
 */
public record VerifiedToken(Map<String, Object> claims, Rights rights, Instant expires, Instant begins) {
    /** Copies the claims once, so that requests share them. */
    public VerifiedToken {
        claims = Request.NONE.withClaims(claims).claims();
    }

    /** {@return the rights; claims are not for logs} */
    @Override
    public String toString() {
        return "VerifiedToken[" + rights + ", expires=" + expires + "]";
    }
}
