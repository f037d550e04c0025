package dev.tinysse.server.tls;

/** A certificate and its key cannot be used. The text is one clear line for the operator, and has nothing of the key in it. */
final class TlsFileException extends Exception {
    private static final long serialVersionUID = 1;

    TlsFileException(String message) {
        super(message, null, false, false);
    }
}
