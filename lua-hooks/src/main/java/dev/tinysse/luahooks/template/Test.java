package dev.tinysse.luahooks.template;

import java.util.function.Predicate;

/** What stands behind {@code is} in templates. */
@FunctionalInterface
interface Test {

    boolean holds(Rendering rendering, Value input, Arguments arguments);

    /** A test that takes nothing but its input. */
    static Test of(Plain plain) {
        return (rendering, input, arguments) -> {
            arguments.atMost(0, rendering);
            return plain.holds(input);
        };
    }

    /** A test of texts; anything else is an error. */
    static Test ofText(Predicate<String> test) {
        return (rendering, input, arguments) -> {
            String text = Arguments.text(input);
            arguments.atMost(0, rendering);
            return test.test(text);
        };
    }

    /** A test that takes one value more. */
    static Test with(Binary binary) {
        return (rendering, input, arguments) -> binary.holds(rendering, input,
                arguments.atMost(1, rendering).value(0));
    }

    /** A test without arguments. */
    @FunctionalInterface
    interface Plain {

        boolean holds(Value input);
    }

    /** A test with one argument. */
    @FunctionalInterface
    interface Binary {

        boolean holds(Rendering rendering, Value input, Value other);
    }
}
