package dev.tinysse.examples.js;

import dev.tinysse.api.Attribute;
import dev.tinysse.api.Publication;
import org.graalvm.polyglot.Value;

/**
 * The view of JavaScript of one publication or one stream; see prelude.js. Only for the thread in the context.
 *
 * @param owner the hooks it belongs to: a value of one context must not be given to another
 * @param value an object of JavaScript that no script sees
 * @param request what it was made of
 * @param message what it was made of; of a stream the same as the request
 */
record JsState(JsHooks owner, Value value, Object request, Object message) {
    static final Attribute<JsState> KEY = Attribute.of("js", JsState.class);

    /** Whether the server has changed nothing since; with history it gives messages ids, and shortens requests. */
    boolean isOf(Publication publication) {
        return request == publication.request() && message == publication.message();
    }
}
