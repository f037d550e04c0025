package dev.tinysse.jinja;

/** The function behind a {@code |} in templates. */
@FunctionalInterface
interface Filter {

    Value apply(Environment environment, Value input, Arguments arguments);

    /** A filter that takes nothing but its input. */
    static Filter of(Plain plain) {
        return (environment, input, arguments) -> {
            arguments.atMost(0, environment);
            return plain.apply(environment, input);
        };
    }

    /** A filter that takes at most so many arguments, none of them by name. */
    static Filter of(int max, Filter filter) {
        return (environment, input, arguments) -> filter.apply(environment, input, arguments.atMost(max, environment));
    }

    /** A filter without arguments. */
    @FunctionalInterface
    interface Plain {

        Value apply(Environment environment, Value input);
    }
}
