package dev.tinysse.broker.log;

import dev.tinysse.api.Request;
import java.util.Map;

/**
 * Finds requests that are equal to recent ones, so that what is kept shares them: a publisher's requests differ in little or
 * nothing. For one thread at a time.
 */
final class SharedRequests {
    private static final int SLOTS = 256;

    private final Request[] requests = new Request[SLOTS];
    private final Request[] byHeaders = new Request[SLOTS];

    /** {@return an equal request that is kept already, or one that shares its headers and texts where it can} */
    Request share(Request request) {
        int slot = slot(request.port() * 31 + request.uri().hashCode());
        Request recent = requests[slot];
        if (request.equals(recent)) {
            return recent;
        }
        Request shared = withSharedTexts(request);
        requests[slot] = shared;
        return shared;
    }

    private Request withSharedTexts(Request request) {
        Map<String, String> headers = request.headers();
        int slot = slot(headers.hashCode());
        Request recent = byHeaders[slot];
        if (recent == null || !headers.equals(recent.headers())) {
            byHeaders[slot] = request;
            return request;
        }
        return new Request(share(request.method(), recent.method()), share(request.uri(), recent.uri()),
                share(request.path(), recent.path()), share(request.query(), recent.query()),
                share(request.ip(), recent.ip()), request.port(), recent.headers());
    }

    private static String share(String text, String recent) {
        return text.equals(recent) ? recent : text;
    }

    private static int slot(int hash) {
        return (hash ^ hash >>> 16 ^ hash >>> 8) & SLOTS - 1;
    }
}
