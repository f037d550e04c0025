package dev.tinysse.server;

import dev.tinysse.server.accesslog.AccessLog;
import dev.tinysse.server.accesslog.AccessObserver;
import dev.tinysse.server.figures.RequestFigures;
import dev.tinysse.server.figures.RequestFilter;
import dev.tinysse.server.figures.RequestObserver;
import dev.tinysse.server.refusal.RefusalObserver;
import io.helidon.webserver.http.HttpRouting;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The observers of requests. Immutable. Without any, none of their classes is loaded.
 *
 * @param all of them
 */
record RequestObservers(List<RequestObserver> all) {
    /** Those that are there. */
    static RequestObservers of(Optional<RequestFigures> figures, Optional<AccessLog> log) {
        List<RequestObserver> all = new ArrayList<>();
        if (figures.isPresent()) {
            all.add(figures.get());
        }
        if (log.isPresent()) {
            all.add(new AccessObserver(log.get()));
        }
        return new RequestObservers(all);
    }

    /** Has them told of requests that reach a route. */
    void addTo(HttpRouting.Builder routing) {
        if (!all.isEmpty()) {
            routing.addFilter(new RequestFilter(all));
        }
    }

    /** {@return who tells them of the others} */
    RefusalObserver refusals() {
        return all.isEmpty() ? RefusalObserver.NONE : request -> all.forEach(observer -> observer.refused(request));
    }
}
