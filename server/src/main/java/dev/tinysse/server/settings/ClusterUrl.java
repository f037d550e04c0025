package dev.tinysse.server.settings;

import java.util.regex.Pattern;

/**
 * The address of the backend that nodes share. It may have a password in it, which {@link #toString} leaves out.
 *
 * @param text as configured
 */
public record ClusterUrl(String text) {
    private static final Pattern LOGIN = Pattern.compile("^([A-Za-z0-9+.-]*://)?.*@", Pattern.DOTALL);

    /** {@return the address without user and password} */
    @Override
    public String toString() {
        return LOGIN.matcher(text).replaceFirst("$1***@");
    }
}
