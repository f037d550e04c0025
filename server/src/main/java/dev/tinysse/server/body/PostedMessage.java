package dev.tinysse.server.body;

import dev.tinysse.api.Message;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;

/**
 * The content of a body or of one of its lines.
 *
 * @param message perhaps empty
 * @param channel the field of that name, as it was sent; none where it has no meaning
 */
public record PostedMessage(Message message, Optional<String> channel) {
    private static final Logger LOG = System.getLogger("tinysse");

    /** Logs a field that has no effect. */
    static void logUnknown(String name) {
        if (LOG.isLoggable(Level.DEBUG)) {
            LOG.log(Level.DEBUG, "field of a message is ignored: name=" + name);
        }
    }
}
