package dev.tinysse.broker.codec;

import dev.tinysse.api.Request;
import java.util.Arrays;

/** Reads requests, and the last one again without reading it: neighbouring messages often have the same. For one thread. */
public final class RequestCache {
    private byte[] last = new byte[0];
    private Request request;

    /** Nothing yet. */
    public RequestCache() {}

    Request get(byte[] bytes, int from, int to) {
        if (request == null || !Arrays.equals(bytes, from, to, last, 0, last.length)) {
            last = Arrays.copyOfRange(bytes, from, to);
            request = PublicationCodec.getRequest(bytes, from);
        }
        return request;
    }
}
