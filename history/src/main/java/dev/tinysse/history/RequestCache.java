package dev.tinysse.history;

import dev.tinysse.api.Request;
import java.util.Arrays;

/** Reads requests, and the last one again without reading it: neighbouring messages often have the same. For one thread. */
final class RequestCache {
    private byte[] last = new byte[0];
    private Request request;

    Request get(byte[] bytes, int from, int to) {
        if (request == null || !Arrays.equals(bytes, from, to, last, 0, last.length)) {
            last = Arrays.copyOfRange(bytes, from, to);
            request = MessageRecord.getRequest(bytes, from);
        }
        return request;
    }
}
