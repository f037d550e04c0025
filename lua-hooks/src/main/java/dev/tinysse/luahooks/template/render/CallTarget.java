package dev.tinysse.luahooks.template.render;

import dev.tinysse.luahooks.template.filter.Arguments;
import dev.tinysse.luahooks.template.value.TemplateException;
import dev.tinysse.luahooks.template.value.Value;
import dev.tinysse.luahooks.template.value.Value.Callable;

/** A callable value as the renderer sees it: with what it does. */
interface CallTarget extends Callable {

    /** Calls it. */
    Value call(Rendering rendering, Arguments arguments);

    /** Calls one of its methods. */
    default Value callMethod(Rendering rendering, String name, Arguments arguments) {
        throw TemplateException.unknownMethod(kind(), name);
    }
}
