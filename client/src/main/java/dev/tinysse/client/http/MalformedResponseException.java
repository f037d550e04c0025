package dev.tinysse.client.http;

import java.io.IOException;

/** A server's response breaks the rules of HTTP, or a limit. The next one will probably do so, too. */
public final class MalformedResponseException extends IOException {
    private static final long serialVersionUID = 1;

    /**
     * A malformed response.
     *
     * @param problem what is wrong, with the value
     */
    public MalformedResponseException(String problem) {
        super("malformed response: " + problem);
    }
}
