package dev.tinysse.jinja;

import dev.tinysse.jinja.Value.Callable;
import dev.tinysse.jinja.Value.Mapping;
import dev.tinysse.jinja.Value.Sequence;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.Map;

/** The tests of values, by their names. */
final class Tests {

    static final Map<String, Test> ALL = all();

    private Tests() {}

    private static Map<String, Test> all() {
        Map<String, Test> all = new HashMap<>();
        addKinds(all);
        addNumbers(all);
        addTexts(all);
        addComparisons(all);
        return Map.copyOf(all);
    }

    private static void addKinds(Map<String, Test> all) {
        all.put("undefined", Test.of(v -> v == Value.UNDEFINED));
        all.put("defined", Test.of(v -> v != Value.UNDEFINED));
        all.put("none", Test.of(v -> v == Value.NONE));
        all.put("safe", Test.of(v -> v instanceof Value.Text(String _, boolean safe) && safe));
        all.put("escaped", all.get("safe"));
        all.put("boolean", Test.of(v -> v instanceof Value.Bool));
        all.put("true", Test.of(v -> v instanceof Value.Bool && v.isTrue()));
        all.put("false", Test.of(v -> v instanceof Value.Bool && !v.isTrue()));
        all.put("number", Test.of(v -> v.kind() == Kind.NUMBER));
        all.put("integer", Test.of(v -> v instanceof Value.Integral));
        all.put("int", all.get("integer"));
        all.put("float", Test.of(v -> v instanceof Value.Real));
        all.put("string", Test.of(v -> v instanceof Value.Text));
        all.put("sequence", Test.of(v -> v.kind() == Kind.SEQUENCE));
        all.put("iterable", Test.of(Iterables::isIterable));
        all.put("mapping", Test.of(v -> v.kind() == Kind.MAP));
    }

    private static void addNumbers(Map<String, Test> all) {
        all.put("odd", Test.of(v -> Numbers.integer(v).filter(i -> i.testBit(0)).isPresent()));
        all.put("even", Test.of(v -> Numbers.integer(v).filter(i -> !i.testBit(0)).isPresent()));
        all.put("divisibleby", Test.with((r, v, other) -> isDivisible(v, other)));
    }

    private static boolean isDivisible(Value value, Value divisor) {
        if (value instanceof Value.Real || divisor instanceof Value.Real) {
            return Numbers.real(value).flatMap(a -> Numbers.real(divisor).map(b -> a % b == 0)).orElse(false);
        }
        return Numbers.integer(value)
                .flatMap(a -> Numbers.integer(divisor).filter(b -> b.signum() != 0).map(b -> isZero(a.remainder(b))))
                .orElse(false);
    }

    private static boolean isZero(BigInteger value) {
        return value.signum() == 0;
    }

    private static void addTexts(Map<String, Test> all) {
        all.put("startingwith", Test.with((r, v, other) -> r.display(v).startsWith(r.display(other))));
        all.put("endingwith", Test.with((r, v, other) -> r.display(v).endsWith(r.display(other))));
        all.put("lower", Test.ofText(text -> text.codePoints().allMatch(Character::isLowerCase)));
        all.put("upper", Test.ofText(text -> text.codePoints().allMatch(Character::isUpperCase)));
    }

    private static void addComparisons(Map<String, Test> all) {
        put(all, (r, a, b) -> r.order().equal(a, b), "eq", "equalto", "==");
        put(all, (r, a, b) -> !r.order().equal(a, b), "ne", "!=");
        put(all, (r, a, b) -> r.order().compare(a, b) < 0, "lt", "lessthan", "<");
        put(all, (r, a, b) -> r.order().compare(a, b) <= 0, "le", "<=");
        put(all, (r, a, b) -> r.order().compare(a, b) > 0, "gt", "greaterthan", ">");
        put(all, (r, a, b) -> r.order().compare(a, b) >= 0, "ge", ">=");
        put(all, Tests::isIn, "in");
        put(all, Tests::isSame, "sameas");
    }

    private static void put(Map<String, Test> all, Test.Binary test, String... names) {
        for (String name : names) {
            all.put(name, Test.with(test));
        }
    }

    private static boolean isIn(Environment environment, Value value, Value container) {
        return (Iterables.isIterable(container) && container != Value.NONE || container instanceof Callable)
                && environment.operators().contains(container, value);
    }

    private static boolean isSame(Environment environment, Value a, Value b) {
        if (isObject(a) || isObject(b)) {
            return a == b;
        }
        return a.kind() == b.kind() && a instanceof Value.Integral == b instanceof Value.Integral
                && environment.order().equal(a, b);
    }

    private static boolean isObject(Value value) {
        return value instanceof Sequence || value instanceof Mapping || value instanceof Callable;
    }
}
