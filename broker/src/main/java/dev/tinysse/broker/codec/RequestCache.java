package dev.tinysse.broker.codec;

import dev.tinysse.api.Request;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads requests, and the last one again without reading it: neighbouring messages often have the same. For one thread. */
public final class RequestCache {
    private byte[] last = new byte[0];
    private @Nullable Request request;

    /** Nothing yet. */
    public RequestCache() {}

    Request get(byte[] bytes, int from, int to) {
        if (request == null || !Arrays.equals(bytes, from, to, last, 0, last.length)) {
            last = Arrays.copyOfRange(bytes, from, to);
            request = read(new ByteSource(bytes, from));
        }
        return request;
    }

    /** Reads a request, which has no claims. */
    public static Request read(ByteSource source) {
        String method = source.getText();
        String uri = source.getText();
        String path = source.getText();
        String query = source.getText();
        String ip = source.getText();
        int port = source.getCount();
        int count = source.getCount();
        Map<String, String> headers = HashMap.newHashMap(count);
        for (int i = 0; i < count; i++) {
            headers.put(source.getText(), source.getText());
        }
        return new Request(method, uri, path, query, ip, port, headers);
    }
}
