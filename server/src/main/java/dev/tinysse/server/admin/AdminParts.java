package dev.tinysse.server.admin;

import dev.tinysse.broker.Broker;
import dev.tinysse.broker.log.EventLog;
import dev.tinysse.server.routing.Route;
import dev.tinysse.server.settings.Invocation;
import dev.tinysse.server.sockets.Endpoint;
import java.util.List;
import java.util.function.Supplier;

/**
 * The parts of a server that operators see; each part is safe for any thread.
 *
 * @param serve the options of the server
 * @param endpoints where it listens to operators, at least one
 * @param broker has the streams
 * @param log has the messages
 * @param unready why the server is not ready for traffic; empty if it is
 * @param publish the route that takes messages without asking the hook
 */
public record AdminParts(Invocation.Serve serve, List<Endpoint> endpoints, Broker broker, EventLog log,
        Supplier<List<String>> unready, Route publish) {}
