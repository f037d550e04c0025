package dev.tinysse.luahooks.template.value;

/** A value of the engine's own that is called, such as a macro or a function. */
public non-sealed interface Callable extends Value {

    /** What is printed for it. */
    String label();

    /** One of its attributes, undefined if it has none of this name. */
    default Value attribute(String name) {
        return UNDEFINED;
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
