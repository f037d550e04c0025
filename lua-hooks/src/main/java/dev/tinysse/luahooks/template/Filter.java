package dev.tinysse.luahooks.template;

/** What stands behind a {@code |} in templates. */
@FunctionalInterface
interface Filter {

    Value apply(Rendering rendering, Value input, Arguments arguments);

    /** A filter that takes nothing but its input. */
    static Filter of(Plain plain) {
        return (rendering, input, arguments) -> {
            arguments.atMost(0, rendering);
            return plain.apply(rendering, input);
        };
    }

    /** A filter that takes at most so many arguments, none of them by name. */
    static Filter of(int most, Filter filter) {
        return (rendering, input, arguments) -> filter.apply(rendering, input, arguments.atMost(most, rendering));
    }

    /** A filter without arguments. */
    @FunctionalInterface
    interface Plain {

        Value apply(Rendering rendering, Value input);
    }
}
