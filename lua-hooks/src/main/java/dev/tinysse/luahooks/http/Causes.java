package dev.tinysse.luahooks.http;

import java.net.ConnectException;
import java.nio.channels.UnresolvedAddressException;
import java.util.concurrent.TimeoutException;

/** The cause of a failed exchange, in words. */
final class Causes {

    private Causes() {}

    static String describe(Throwable failure) {
        Throwable innermost = failure;
        while (innermost.getCause() != null) {
            innermost = innermost.getCause();
        }
        if (innermost.getMessage() != null) {
            return innermost.getMessage();
        }
        return switch (innermost) {
            case TimeoutException _ -> "timed out";
            case UnresolvedAddressException _ -> "host not found";
            case ConnectException _ -> "cannot connect";
            default -> innermost.getClass().getSimpleName();
        };
    }
}
