package dev.tinysse.server.transport;

import dev.tinysse.server.requests.RequestListener;
import dev.tinysse.server.transport.threads.ConnectionThreads;
import io.helidon.webserver.ListenerContext;
import io.helidon.webserver.Router;

/**
 * The parts that the connections of a listener share.
 *
 * @param config how long to wait for what
 * @param memory of which each of them and their requests take some
 * @param errors responses to requests that do not get as far as the routing
 * @param refusals observes those requests
 * @param closing closes channels in the end
 * @param context of Helidon's
 * @param router handles the requests
 * @param threads makes the threads of connections
 * @param returned takes channels back that were detached
 */
record ConnectionParts(TransportConfig config, RequestMemory memory, ErrorResponses errors,
        RequestListener refusals, ClosingChannels closing,
        ListenerContext context, Router router, ConnectionThreads threads, ReturnedChannels returned) {}
