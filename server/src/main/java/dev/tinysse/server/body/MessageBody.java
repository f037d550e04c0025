package dev.tinysse.server.body;

import dev.tinysse.api.internal.Tokens;
import dev.tinysse.server.routing.BadRequestException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The media types in which a message may be posted, and how each is read. */
public enum MessageBody {
    JSON("application/json") {
        @Override
        PostedMessage parse(byte[] body, boolean channels) throws BadRequestException {
            return JsonMessages.read(body, channels);
        }
    },
    FORM("application/x-www-form-urlencoded") {
        @Override
        PostedMessage parse(byte[] body, boolean channels) throws BadRequestException {
            return FormMessages.read(body, channels);
        }
    };

    /** A media type and what parameters it may have. */
    private static final Pattern MEDIA_TYPE = Pattern.compile("([^/]*)/([^/;]*?)\\s*(;.*)?");

    /** Begins the names of events that the server sends itself. Scripts may send them, publishers may not. */
    private static final String RESERVED = "tinysse.";

    private static final List<MessageBody> ALL = List.of(values());

    private final String mediaType;

    MessageBody(String mediaType) {
        this.mediaType = mediaType;
    }

    abstract PostedMessage parse(byte[] body, boolean channels) throws BadRequestException;

    /** Whether the text is a media type at all (RFC 9110 section 8.3.1). */
    public static boolean isMediaType(String contentType) {
        if (of(contentType).isPresent()) {
            return true; // nearly always, and sooner than by the pattern
        }
        Matcher type = MEDIA_TYPE.matcher(contentType);
        return type.matches() && Tokens.isToken(type.group(1)) && Tokens.isToken(type.group(2));
    }

    /** How to read a body of this type, if we do. */
    public static Optional<MessageBody> of(String mediaType) {
        for (MessageBody body : ALL) {
            if (body.mediaType.equals(mediaType)) {
                return Optional.of(body);
            }
        }
        return Optional.empty();
    }

    /** A well-formed media type without its parameters, in lower case. */
    public static String mediaType(String contentType) {
        int end = contentType.indexOf(';');
        return (end < 0 ? contentType : contentType.substring(0, end)).trim().toLowerCase(Locale.ROOT);
    }

    /** The message in a body, which has at least one field; {@code channels} says whether the field of that name is known. */
    public PostedMessage read(byte[] body, boolean channels) throws BadRequestException {
        PostedMessage posted;
        try {
            posted = parse(body, channels);
        } catch (IllegalArgumentException e) {
            throw new BadRequestException(e.getMessage());
        }
        if (posted.message().isEmpty()) {
            throw new BadRequestException("at least one of id, event, data and comment is required");
        }
        String event = posted.message().event().orElse("");
        if (event.startsWith(RESERVED)) {
            throw new BadRequestException(
                    "event names that begin with " + RESERVED + " are reserved for the server: event=" + event);
        }
        return posted;
    }
}
