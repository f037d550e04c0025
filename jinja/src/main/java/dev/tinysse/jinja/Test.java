package dev.tinysse.jinja;

import java.util.function.Predicate;

/** The predicate behind {@code is} in templates. */
@FunctionalInterface
interface Test {

    boolean holds(Environment environment, Value input, Arguments arguments);

    /** A test that takes nothing but its input. */
    static Test of(Plain plain) {
        return (environment, input, arguments) -> {
            arguments.atMost(0, environment);
            return plain.holds(input);
        };
    }

    /** A test of texts; anything else is an error. */
    static Test ofText(Predicate<String> test) {
        return (environment, input, arguments) -> {
            String text = Arguments.text(input);
            arguments.atMost(0, environment);
            return test.test(text);
        };
    }

    /** A test that takes one value more. */
    static Test with(Binary binary) {
        return (environment, input, arguments) -> binary.holds(environment, input,
                arguments.atMost(1, environment).value(0));
    }

    /** A test without arguments. */
    @FunctionalInterface
    interface Plain {

        boolean holds(Value input);
    }

    /** A test with one argument. */
    @FunctionalInterface
    interface Binary {

        boolean holds(Environment environment, Value input, Value other);
    }
}
