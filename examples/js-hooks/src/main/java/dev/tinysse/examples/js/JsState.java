package dev.tinysse.examples.js;

import dev.tinysse.api.Attribute;
import org.graalvm.polyglot.Value;

/**
 * What JavaScript knows of one publication or one stream; see prelude.js.
 *
 * @param owner the hooks it belongs to: a value of one context must not be given to another
 * @param value an object of JavaScript that no script sees
 */
record JsState(JsHooks owner, Value value) {
    static final Attribute<JsState> KEY = Attribute.of("js", JsState.class);
}
