package dev.tinysse.server.http;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.tinysse.api.internal.Sha256;
import dev.tinysse.server.routing.BadRequestException;
import dev.tinysse.server.routing.Responses;
import io.helidon.http.Header;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import java.util.HexFormat;
import java.util.Optional;

/** Reads by which key a publisher wants a request to be carried out once. Pure functions. */
final class IdempotencyKey {
    static final String HEADER = "Idempotency-Key";
    private static final HeaderName NAME = HeaderNames.create(HEADER);
    private static final int MAX_LENGTH = 128;
    /** No name of a channel has this character. */
    private static final String NO_CHANNEL = "*";

    private IdempotencyKey() {}

    /**
     * The key of a request, if it has one.
     *
     * @throws BadRequestException if it is not 1 to 128 printable ASCII characters, or there are two
     */
    static Optional<String> of(ServerRequest request) throws BadRequestException {
        if (!request.headers().contains(NAME)) {
            return Optional.empty();
        }
        Header header = request.headers().get(NAME);
        if (header.allValues().size() > 1) {
            throw new BadRequestException(HEADER + " occurs twice");
        }
        String key = header.allValues().getFirst().strip();
        if (key.isEmpty() || key.length() > MAX_LENGTH || key.chars().anyMatch(c -> c < ' ' || c > '~')) {
            throw new BadRequestException("%s must be 1 to %d printable ASCII characters: %s=%s".formatted(HEADER,
                    MAX_LENGTH, HEADER, Responses.shown(key)));
        }
        return Optional.of(key);
    }

    /** The key of a request that has one, with the name of the header. */
    static String shown(ServerRequest request) {
        return HEADER + "=" + request.headers().get(NAME).get().strip();
    }

    /**
     * The scope of a key: its owner, and the channel that the request names. A batch that names none has keys of its own, since
     * each of its messages may name another.
     *
     * @param owner of the key; callers without token and API key are as one
     * @param channel that the request names, or that of its only message
     */
    static String scope(Optional<String> owner, Optional<String> channel) {
        String of = channel.orElse(NO_CHANNEL);
        return owner.map(identity -> identity + "\n" + of).orElse(of);
    }

    /** The identity of a body of this media type. */
    static String digest(String mediaType, byte[] body) {
        return HexFormat.of().formatHex(Sha256.of((mediaType + "\n").getBytes(US_ASCII), body));
    }
}
