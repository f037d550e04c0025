package dev.tinysse.luahooks.template;

/** A value of the engine's own that is called, such as a macro or a function. */
non-sealed interface Callable extends Value {

    /** Calls it. */
    Value call(Rendering rendering, Arguments arguments);

    /** What is printed for it. */
    String label();

    /** One of its attributes, undefined if it has none of this name. */
    default Value attribute(String name) {
        return UNDEFINED;
    }

    /** Calls one of its methods. */
    default Value callMethod(Rendering rendering, String name, Arguments arguments) {
        throw TemplateException.unknownMethod(this, name);
    }

    @Override
    default Kind kind() {
        return Kind.PLAIN;
    }

    @Override
    default boolean isTrue() {
        return true;
    }
}
