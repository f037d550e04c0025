package dev.tinysse.luahooks.url;

/** An address, or a part of one, that is not valid. The message says what is wrong. */
public final class UrlException extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** With what is wrong. */
    public UrlException(String message) {
        super(message);
    }

    static UrlException invalidDomain() {
        return new UrlException("invalid international domain name");
    }
}
