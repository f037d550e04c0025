package dev.tinysse.server.settings;

/** An address to listen on. */
public sealed interface ListenAddress {
    /** {@return the address as configured, for example {@code tls:[::1]:8443}} */
    String text();

    /** {@return whether it has {@code tls:} in front} */
    default boolean isMarkedTls() {
        return this instanceof Tcp tcp && tcp.tls();
    }

    /**
     * A port of the network.
     *
     * @param text as configured
     * @param tls whether it has {@code tls:} in front
     * @param host name or address, without brackets
     * @param port 0 to 65535, where 0 lets the system choose
     */
    record Tcp(String text, boolean tls, String host, int port) implements ListenAddress {}

    /**
     * A Unix domain socket.
     *
     * @param text as configured
     * @param path its file
     */
    record Unix(String text, String path) implements ListenAddress {}
}
