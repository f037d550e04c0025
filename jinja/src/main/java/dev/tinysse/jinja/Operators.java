package dev.tinysse.jinja;

import dev.tinysse.jinja.Value.Callable;
import dev.tinysse.jinja.Value.Mapping;
import dev.tinysse.jinja.Value.Sequence;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.BinaryOperator;
import java.util.function.DoubleBinaryOperator;

/** Arithmetic, on integers of 128 bits and floating point numbers; and what {@code + * ~ in} do to texts and lists. */
final class Operators {

    private static final int MAX_EXPONENT = 127;
    private static final long BYTES_PER_ELEMENT = 8;

    private final Budget budget;
    private final Printer printer;
    private final Order order;

    Operators(Budget budget, Printer printer, Order order) {
        this.budget = budget;
        this.printer = printer;
        this.order = order;
    }

    Value add(Value a, Value b) {
        if (a instanceof Value.Whole(long x) && b instanceof Value.Whole(long y)) {
            long sum = x + y;
            if (((x ^ sum) & (y ^ sum)) >= 0) {
                return Value.of(sum);
            }
        }
        if (a instanceof Sequence first && b instanceof Sequence second) {
            return joined(first, second);
        }
        if (a instanceof Value.Text(String x, boolean _) && b instanceof Value.Text(String y, boolean _)) {
            return concatenated(x, y);
        }
        return arithmetic("+", a, b, exact(BigInteger::add), Double::sum);
    }

    private Value joined(Sequence a, Sequence b) {
        budget.allocate(BYTES_PER_ELEMENT * (a.size() + b.size()));
        List<Value> items = new ArrayList<>(a.size() + b.size());
        a.forEach(items::add);
        b.forEach(items::add);
        return new ListValue(items, a.sized() && b.sized() ? ListValue.Shape.ITERATOR : ListValue.Shape.UNSIZED);
    }

    private Value concatenated(String a, String b) {
        budget.allocate(2L * (a.length() + b.length()));
        return Value.of(a.concat(b));
    }

    Value concatenate(Value a, Value b) {
        return concatenated(printer.display(a), printer.display(b));
    }

    Value subtract(Value a, Value b) {
        return arithmetic("-", a, b, exact(BigInteger::subtract), (x, y) -> x - y);
    }

    Value multiply(Value a, Value b) {
        if (a instanceof Value.Text || b instanceof Value.Text) {
            return a instanceof Value.Text(String text, boolean _)
                    ? repeated(text, b)
                    : repeated(b.asText().orElseThrow(), a);
        }
        if (a instanceof Sequence || b instanceof Sequence && !(a instanceof Mapping)) {
            return a instanceof Sequence sequence ? repeated(sequence, b) : repeated((Sequence) b, a);
        }
        return arithmetic("*", a, b, exact(BigInteger::multiply), (x, y) -> x * y);
    }

    private Value repeated(String text, Value times) {
        long count = count(times, "strings can only be multiplied with integers");
        if (text.isEmpty() || count == 0) {
            return Value.of("");
        }
        if (count > Integer.MAX_VALUE / text.length()) {
            throw TemplateException.invalid("resulting string too large");
        }
        budget.allocate(2 * count * text.length());
        return Value.of(text.repeat((int) count));
    }

    private Value repeated(Sequence sequence, Value times) {
        long count = count(times, "sequences and iterables can only be multiplied with integers");
        if (!sequence.sized()) {
            throw TemplateException.invalid("cannot repeat unsized iterables");
        }
        if (sequence.size() > 0 && count > Integer.MAX_VALUE / sequence.size()) {
            throw TemplateException.invalid("resulting list too large");
        }
        budget.allocate(BYTES_PER_ELEMENT * count * sequence.size());
        List<Value> items = new ArrayList<>();
        for (long i = 0; i < count && sequence.size() > 0; i++) {
            budget.step();
            sequence.forEach(items::add);
        }
        return ListValue.iterator(items);
    }

    private static long count(Value times, String message) {
        return Numbers.integer(times, 0, Long.MAX_VALUE).orElseThrow(() -> TemplateException.invalid(message));
    }

    Value divide(Value a, Value b) {
        Optional<Double> x = Numbers.real(a);
        Optional<Double> y = Numbers.real(b);
        if (x.isEmpty() || y.isEmpty()) {
            throw impossible("/", a, b);
        }
        return Value.of(x.get() / y.get());
    }

    Value floorDivide(Value a, Value b) {
        return arithmetic("//", a, b, (x, y) -> y.signum() == 0 ? Optional.empty() : exact(euclidean(x, y)),
                Operators::euclidean);
    }

    private static BigInteger euclidean(BigInteger a, BigInteger b) {
        BigInteger[] parts = a.divideAndRemainder(b);
        return parts[1].signum() >= 0 ? parts[0] : parts[0].subtract(BigInteger.valueOf(b.signum()));
    }

    private static double euclidean(double a, double b) {
        double quotient = a / b;
        double whole = quotient < 0 ? Math.ceil(quotient) : Math.floor(quotient);
        return a % b < 0 ? whole - Math.signum(b) : whole;
    }

    Value remainder(Value a, Value b) {
        return arithmetic("%", a, b, (x, y) -> y.signum() == 0 ? Optional.empty() : Optional.of(x.mod(y.abs())),
                (x, y) -> x % y);
    }

    Value power(Value a, Value b) {
        return arithmetic("**", a, b, Operators::power, Math::pow);
    }

    private static Optional<BigInteger> power(BigInteger a, BigInteger b) {
        if (b.signum() < 0 || b.bitLength() > Integer.SIZE) {
            return Optional.empty();
        }
        if (a.bitLength() <= 1 && a.abs().compareTo(BigInteger.ONE) <= 0) {
            return Optional.of(b.signum() == 0 || !b.testBit(0) && a.signum() != 0 ? BigInteger.ONE : a);
        }
        return b.bitLength() < Long.SIZE && b.longValue() <= MAX_EXPONENT
                ? exact(a.pow(b.intValue()))
                : Optional.empty();
    }

    Value negate(Value value) {
        return switch (value) {
            case Value.Real(double d) -> Value.of(-d);
            case Value.Integral integral when Numbers.fits(integral.big()) -> Value.of(integral.big().negate());
            default -> throw TemplateException.invalid();
        };
    }

    boolean contains(Value container, Value value) {
        return switch (container) {
            case Value.Undefined _ -> false;
            case Value.Text(String text, boolean _) -> text.contains(printer.display(value));
            case Mapping mapping -> mapping.contains(value);
            case Sequence sequence -> {
                for (Value item : sequence) {
                    if (order.equal(item, value)) {
                        yield true;
                    }
                }
                yield false;
            }
            case Callable _ -> false;
            default -> throw TemplateException.invalid("cannot perform a containment check on this value");
        };
    }

    private static BiFunction<BigInteger, BigInteger, Optional<BigInteger>> exact(BinaryOperator<BigInteger> operator) {
        return (a, b) -> exact(operator.apply(a, b));
    }

    private static Optional<BigInteger> exact(BigInteger result) {
        return Optional.of(result).filter(Numbers::fits);
    }

    private Value arithmetic(String operator, Value a, Value b,
            BiFunction<BigInteger, BigInteger, Optional<BigInteger>> integers, DoubleBinaryOperator reals) {
        if (a instanceof Value.Real || b instanceof Value.Real) {
            Optional<Double> x = Numbers.real(a);
            Optional<Double> y = Numbers.real(b);
            if (x.isPresent() && y.isPresent()) {
                return Value.of(reals.applyAsDouble(x.get(), y.get()));
            }
            throw impossible(operator, a, b);
        }
        Optional<BigInteger> x = Numbers.integer(a);
        Optional<BigInteger> y = Numbers.integer(b);
        if (x.isEmpty() || y.isEmpty()) {
            throw impossible(operator, a, b);
        }
        return Value.of(integers.apply(x.get(), y.get()).orElseThrow(() -> TemplateException.invalid(
                "unable to calculate " + printer.display(a) + " " + operator + " " + printer.display(b))));
    }

    private static TemplateException impossible(String operator, Value a, Value b) {
        return TemplateException.invalid("tried to use " + operator + " operator on unsupported types "
                + a.kind().label() + " and " + b.kind().label());
    }
}
