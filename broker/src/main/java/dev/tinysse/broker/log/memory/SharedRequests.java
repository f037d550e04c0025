package dev.tinysse.broker.log.memory;

import dev.tinysse.api.Request;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds requests that are equal to recent ones, so that stored records share them: a publisher's requests differ in little or
 * nothing. For one thread at a time.
 */
final class SharedRequests {
    private static final int SLOTS = 256;

    private final @Nullable Request[] requests = new @Nullable Request[SLOTS];
    private final @Nullable Request[] byHeaders = new @Nullable Request[SLOTS];

    /** {@return an equal request that has been added, or null if there is none} */
    @Nullable
    Request find(Request request) {
        Request recent = requests[slot(request)];
        return request.equals(recent) ? recent : null;
    }

    /** Adds a request that has not been found. {@return an equal one that shares headers and texts with others where it can} */
    Request add(Request request) {
        Request shared = withSharedTexts(request);
        requests[slot(request)] = shared;
        return shared;
    }

    private static int slot(Request request) {
        return slot(request.port() * 31 + request.uri().hashCode());
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
