package dev.tinysse.server.admin;

import dev.tinysse.server.requests.RequestListener;
import io.helidon.webserver.http.HttpRouting;

/** The admin API, which the server puts behind a listener. Safe for any thread. */
public interface Admin extends AutoCloseable {
    /** Adds its filters and its routes; called once, before the listener starts. */
    void addTo(HttpRouting.Builder routing);

    /** {@return the observer of the requests of publishers and subscribers} */
    RequestListener requests();

    /** Ends its event streams, so that connections can close. */
    @Override
    void close();
}
