package dev.tinysse.server.accesslog;

import java.time.Instant;
import java.util.Optional;

/**
 * A request whose response has been sent, or a stream that has ended.
 *
 * @param time of that
 * @param address of the client
 * @param method of the request
 * @param path of the request, without its query, which may hold secrets
 * @param status of the response
 * @param nanos from the request head on
 * @param bytes of the response that went to the socket, its head included
 * @param stream what else there is of a stream
 * @param sub the user, if that is known
 * @param traceparent of the caller, if it sent one that is well-formed
 */
record Access(Instant time, String address, String method, String path, int status, long nanos, long bytes,
        Optional<OfStream> stream, Optional<String> sub, Optional<String> traceparent) {

    /**
     * The remaining fields of a stream.
     *
     * @param messages that its client was sent whole
     * @param lost messages that it was not sent
     * @param reason why it ended
     */
    record OfStream(long messages, long lost, String reason) {}

}
