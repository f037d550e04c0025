package dev.tinysse.server.admin;

import dev.tinysse.broker.admin.StreamDirectory;
import dev.tinysse.broker.figures.Figure;
import dev.tinysse.broker.log.Retention;
import dev.tinysse.server.http.Route;
import java.util.List;
import java.util.function.Supplier;

/**
 * The parts that operators see; each part is safe for any thread.
 *
 * @param directory the streams and channels
 * @param history can be forgotten
 * @param unready why the server is not ready for traffic; empty if it is
 * @param publish the route that takes messages without asking the hook
 * @param figures the server's own, as one line of JSON
 * @param metrics all that is counted and measured
 * @param more further resources; closed with the listener
 */
public record AdminParts(StreamDirectory directory, Retention history, Supplier<List<String>> unready, Route publish,
        Supplier<String> figures, Supplier<List<Figure>> metrics, AdminResources more) {}
