package dev.tinysse.server.http;

import dev.tinysse.api.Message;
import dev.tinysse.api.internal.Tokens;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The media types in which a message may be posted, and how each is read. */
enum MessageBody {
    JSON("application/json") {
        @Override
        Message parse(byte[] body) throws BadMessageException {
            return JsonMessages.read(body);
        }
    },
    FORM("application/x-www-form-urlencoded") {
        @Override
        Message parse(byte[] body) throws BadMessageException {
            return FormMessages.read(body);
        }
    };

    /** A media type and what parameters it may have. */
    private static final Pattern MEDIA_TYPE = Pattern.compile("([^/]*)/([^/;]*?)\\s*(;.*)?");

    private final String mediaType;

    MessageBody(String mediaType) {
        this.mediaType = mediaType;
    }

    abstract Message parse(byte[] body) throws BadMessageException;

    /** Whether the text is a media type at all (RFC 9110 section 8.3.1). */
    static boolean isMediaType(String contentType) {
        Matcher type = MEDIA_TYPE.matcher(contentType);
        return type.matches() && Tokens.isToken(type.group(1)) && Tokens.isToken(type.group(2));
    }

    /** How to read a body of this well-formed type, if we do. */
    static Optional<MessageBody> of(String contentType) {
        int end = contentType.indexOf(';');
        String type = (end < 0 ? contentType : contentType.substring(0, end)).trim().toLowerCase(Locale.ROOT);
        for (MessageBody body : values()) {
            if (body.mediaType.equals(type)) {
                return Optional.of(body);
            }
        }
        return Optional.empty();
    }

    /** The message in a body, which has at least one field. */
    Message read(byte[] body) throws BadMessageException {
        Message message;
        try {
            message = parse(body);
        } catch (IllegalArgumentException e) {
            throw new BadMessageException(e.getMessage());
        }
        if (message.isEmpty()) {
            throw new BadMessageException("at least one of id, event, data and comment is required");
        }
        return message;
    }
}
