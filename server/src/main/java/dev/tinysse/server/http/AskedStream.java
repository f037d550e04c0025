package dev.tinysse.server.http;

import dev.tinysse.api.Subscription;
import dev.tinysse.broker.stream.StreamStart;

/**
 * A request for a stream that has been read.
 *
 * @param subscription for the hooks
 * @param start for the broker
 */
record AskedStream(Subscription subscription, StreamStart start) {}
