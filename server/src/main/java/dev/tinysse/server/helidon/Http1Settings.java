package dev.tinysse.server.helidon;

import io.helidon.common.Size;
import io.helidon.http.HttpLogConfig;
import io.helidon.http.RequestedUriDiscoveryContext;
import io.helidon.webserver.http1.Http1Config;
import io.helidon.webserver.http1.Http1ConnectionListener;
import java.util.List;

/**
 * The settings of Helidon's HTTP/1.1: its own defaults, except that the path is not validated and nothing is logged. Its builder would
 * read a size from a text, for which the JDK computes powers of ten and five for longer than all else takes that is HTTP's part of a
 * start.
 *
 * @param maxPrologueLength bytes of a request line
 * @param maxHeadersSize bytes of all headers of a request
 * @param receiveListener observes each request
 */
@SuppressWarnings("removal") // three methods are to go, but are abstract still
public record Http1Settings(int maxPrologueLength, int maxHeadersSize, Http1ConnectionListener receiveListener)
        implements
            Http1Config {
    private static final Size MAX_BUFFERED_ENTITY = Size.create(64 * 1024);
    private static final Http1ConnectionListener NO_LISTENER = Http1ConnectionListener.create(List.of());

    @Override
    public String name() {
        return type();
    }

    @Override
    public boolean validateRequestHeaders() {
        return true;
    }

    @Override
    public boolean validateRequestHostHeader() {
        return true;
    }

    @Override
    public boolean validateResponseHeaders() {
        return true;
    }

    @Override
    public boolean validatePrologue() {
        return true;
    }

    @Override
    public boolean validatePath() {
        return false;
    }

    @Override
    public boolean sendKeepAliveHeader() {
        return true;
    }

    @Override
    public boolean continueImmediately() {
        return false;
    }

    @Override
    public Size maxBufferedEntitySize() {
        return MAX_BUFFERED_ENTITY;
    }

    @Override
    public RequestedUriDiscoveryContext requestedUriDiscovery() {
        return RequestedUriDiscoveryContext.builder().build();
    }

    @Override
    public List<Http1ConnectionListener> sendListeners() {
        return List.of();
    }

    @Override
    public List<Http1ConnectionListener> receiveListeners() {
        return List.of(receiveListener);
    }

    @Override
    public Http1ConnectionListener compositeSendListener() {
        return NO_LISTENER;
    }

    @Override
    public Http1ConnectionListener compositeReceiveListener() {
        return receiveListener;
    }

    @Override
    public HttpLogConfig log() {
        return HttpLogConfig.builder().receiveLog(false).sendLog(false).build();
    }

    @Override
    public boolean receiveLog() {
        return false;
    }

    @Override
    public boolean sendLog() {
        return false;
    }
}
