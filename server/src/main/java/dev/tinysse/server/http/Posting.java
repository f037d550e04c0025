package dev.tinysse.server.http;

import dev.tinysse.broker.PublishRequest;
import dev.tinysse.broker.PublishResult;
import java.util.List;
import java.util.function.Function;

/**
 * A request to publish that has been read.
 *
 * @param request for the broker
 * @param response makes the response out of the results
 */
record Posting(PublishRequest request, Function<List<PublishResult>, PublishResponse> response) {}
