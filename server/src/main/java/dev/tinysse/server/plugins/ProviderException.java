package dev.tinysse.server.plugins;

/** There is no provider for the script, or there are several. The text is one clear line for the operator. */
public final class ProviderException extends Exception {
    private static final long serialVersionUID = 1;

    ProviderException(String message) {
        super(message, null, false, false);
    }
}
