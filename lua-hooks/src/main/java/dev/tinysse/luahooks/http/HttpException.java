package dev.tinysse.luahooks.http;

/** There is no response. The message names the address and the cause. */
public final class HttpException extends Exception {

    private static final long serialVersionUID = 1L;

    HttpException(String message, Throwable cause) {
        super(message, cause);
    }
}
