package dev.tinysse.streams.http;

import io.helidon.http.Header;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import java.util.List;

/** The headers of the protocol. */
final class Names {
    static final HeaderName TTL = HeaderNames.create("Stream-TTL");
    static final HeaderName EXPIRES_AT = HeaderNames.create("Stream-Expires-At");
    static final HeaderName CLOSED = HeaderNames.create("Stream-Closed");
    static final HeaderName SEQ = HeaderNames.create("Stream-Seq");
    static final HeaderName FORKED_FROM = HeaderNames.create("Stream-Forked-From");
    static final HeaderName FORK_OFFSET = HeaderNames.create("Stream-Fork-Offset");
    static final HeaderName FORK_SUB_OFFSET = HeaderNames.create("Stream-Fork-Sub-Offset");
    static final HeaderName EVENT_HEADER = HeaderNames.create("Stream-Event-Header");
    static final HeaderName PRODUCER_ID = HeaderNames.create("Producer-Id");
    static final HeaderName PRODUCER_EPOCH = HeaderNames.create("Producer-Epoch");
    static final HeaderName PRODUCER_SEQ = HeaderNames.create("Producer-Seq");
    static final HeaderName PRODUCER_EXPECTED = HeaderNames.create("Producer-Expected-Seq");
    static final HeaderName PRODUCER_RECEIVED = HeaderNames.create("Producer-Received-Seq");
    static final HeaderName NEXT_OFFSET = HeaderNames.create("Stream-Next-Offset");
    static final HeaderName CURSOR = HeaderNames.create("Stream-Cursor");
    static final HeaderName UP_TO_DATE = HeaderNames.create("Stream-Up-To-Date");
    static final HeaderName DATA_ENCODING = HeaderNames.create("Stream-SSE-Data-Encoding");
    static final HeaderName LAST_EVENT_ID = HeaderNames.create("Last-Event-ID");

    static final Header IS_CLOSED = HeaderValues.createCached(CLOSED, "true");
    static final Header IS_UP_TO_DATE = HeaderValues.createCached(UP_TO_DATE, "true");
    static final Header BASE64 = HeaderValues.createCached(DATA_ENCODING, "base64");

    /** Those of requests, which preflights allow. */
    static final List<String> REQUEST = names(HeaderNames.CONTENT_TYPE, HeaderNames.IF_NONE_MATCH, LAST_EVENT_ID, TTL,
            EXPIRES_AT, CLOSED, SEQ, FORKED_FROM, FORK_OFFSET, FORK_SUB_OFFSET, EVENT_HEADER, PRODUCER_ID,
            PRODUCER_EPOCH, PRODUCER_SEQ);
    /** Those of responses, which pages of other origins may read. */
    static final List<String> RESPONSE = names(NEXT_OFFSET, CURSOR, UP_TO_DATE, CLOSED, TTL, EXPIRES_AT, DATA_ENCODING,
            PRODUCER_EPOCH, PRODUCER_SEQ, PRODUCER_EXPECTED, PRODUCER_RECEIVED, HeaderNames.LOCATION, HeaderNames.ETAG);

    private Names() {}

    private static List<String> names(HeaderName... names) {
        return List.of(names).stream().map(HeaderName::defaultCase).toList();
    }
}
