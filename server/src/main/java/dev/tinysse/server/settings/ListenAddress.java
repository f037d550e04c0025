package dev.tinysse.server.settings;

/**
 * Where the server listens.
 *
 * @param text as configured, for example {@code [::1]:1983}
 * @param host name or address, without brackets
 * @param port 0 to 65535, where 0 lets the system choose
 */
public record ListenAddress(String text, String host, int port) {}
