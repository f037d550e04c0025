package dev.tinysse.jinja;

import dev.tinysse.jinja.Value.Callable;

/** A callable value as the renderer sees it: with what it does. */
interface CallTarget extends Callable {

    /** Calls it. */
    Value call(Rendering rendering, Arguments arguments);

    /** Calls one of its methods. */
    default Value callMethod(Rendering rendering, String name, Arguments arguments) {
        throw TemplateException.unknownMethod(kind(), name);
    }
}
