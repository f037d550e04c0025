package dev.tinysse.server.http;

import dev.tinysse.api.Subscription;
import dev.tinysse.broker.stream.StreamStart;
import java.util.Optional;

/**
 * A request for a stream, or for the list of who is on a channel, that has been read.
 *
 * @param subscription for the hooks
 * @param start for the broker
 * @param listOf the channel of the list, if the request is for a list
 */
record AskedStream(Subscription subscription, StreamStart start, Optional<String> listOf) {}
