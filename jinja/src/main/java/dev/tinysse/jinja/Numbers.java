package dev.tinysse.jinja;

import dev.tinysse.api.internal.JsonText;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Optional;
import java.util.regex.Pattern;

/** Numbers as text and text as numbers. */
final class Numbers {
    /** From here on a power of ten is shown instead of zeros. */
    private static final int LARGE_EXPONENT = 16;
    private static final int SMALL_EXPONENT = -5;

    private static final Pattern DECIMAL = Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?");
    private static final Pattern INFINITE = Pattern.compile("(?i)([+-]?)(inf|infinity)");
    private static final Pattern NOT_A_NUMBER = Pattern.compile("(?i)[+-]?nan");
    private static final BigInteger MAX = BigInteger.ONE.shiftLeft(127).subtract(BigInteger.ONE);
    private static final BigInteger MIN = BigInteger.ONE.shiftLeft(127).negate();

    private Numbers() {}

    /** A floating point number with all its digits and always with a point. */
    static String plain(double value) {
        if (!Double.isFinite(value)) {
            return special(value);
        }
        String digits = new BigDecimal(Double.toString(value)).toPlainString();
        String signed = value == 0 && 1 / value < 0 ? "-" + digits.replace("-", "") : digits;
        return signed.contains(".") ? withoutTrailingZeros(signed) : signed + ".0";
    }

    private static String withoutTrailingZeros(String digits) {
        int end = digits.length();
        while (digits.charAt(end - 1) == '0' && digits.charAt(end - 2) != '.') {
            end--;
        }
        return digits.substring(0, end);
    }

    /** As inside lists and maps: with an exponent outside of 1e-4 to 1e16. */
    static String debug(double value) {
        if (!Double.isFinite(value) || value == 0) {
            return plain(value);
        }
        BigDecimal decimal = new BigDecimal(Double.toString(value)).stripTrailingZeros();
        int exponent = decimal.precision() - decimal.scale() - 1;
        if (exponent > SMALL_EXPONENT && exponent < LARGE_EXPONENT) {
            return plain(value);
        }
        String digits = decimal.unscaledValue().abs().toString();
        String fraction = digits.length() > 1 ? "." + digits.substring(1) : "";
        return (value < 0 ? "-" : "") + digits.charAt(0) + fraction + "e" + exponent;
    }

    /** As in JSON: with an exponent outside of 1e-5 to 1e16. */
    static String json(double value) {
        return Double.isFinite(value) ? JsonText.number(value) : "null";
    }

    private static String special(double value) {
        return Double.isNaN(value) ? "NaN" : value > 0 ? "inf" : "-inf";
    }

    /** Reads an integer of up to 128 bits. */
    static Optional<BigInteger> parseInteger(String text) {
        if (!text.matches("[+-]?[0-9]{1,60}")) {
            return Optional.empty();
        }
        return Optional.of(new BigInteger(text)).filter(Numbers::fits);
    }

    /** Reads a floating point number. */
    static double parseFloat(String text) {
        var infinite = INFINITE.matcher(text);
        if (infinite.matches()) {
            return infinite.group(1).equals("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
        }
        if (NOT_A_NUMBER.matcher(text).matches()) {
            return Double.NaN;
        }
        if (!DECIMAL.matcher(text).matches()) {
            throw TemplateException
                    .invalid(text.isEmpty() ? "cannot parse float from empty string" : "invalid float literal");
        }
        return Double.parseDouble(text);
    }

    /** Cuts a number off at its point; what is too large becomes the largest integer. */
    static BigInteger truncate(double value) {
        if (Double.isNaN(value)) {
            return BigInteger.ZERO;
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? MAX : MIN;
        }
        return new BigDecimal(value).toBigInteger().min(MAX).max(MIN);
    }

    /** Whether an integer is within the 128 bits that templates compute with. */
    static boolean fits(BigInteger value) {
        return value.bitLength() < 128;
    }

    /** A value as an integer: integers, whole floating point numbers, true and false. */
    static Optional<BigInteger> integer(Value value) {
        return switch (value) {
            case Value.Integral integral -> Optional.of(integral.big());
            case Value.Bool(boolean b) -> Optional.of(b ? BigInteger.ONE : BigInteger.ZERO);
            case Value.Real(double d) when d == (long) d -> Optional.of(BigInteger.valueOf((long) d));
            default -> Optional.empty();
        };
    }

    /** A value as an integer between these bounds. */
    static Optional<Long> integer(Value value, long min, long max) {
        return integer(value).filter(i -> i.bitLength() < Long.SIZE).map(BigInteger::longValue)
                .filter(i -> i >= min && i <= max);
    }

    /** A value as a floating point number: numbers, true and false. */
    static Optional<Double> real(Value value) {
        return switch (value) {
            case Value.Real(double d) -> Optional.of(d);
            case Value.Whole(long l) -> Optional.of((double) l);
            case Value.Large(BigInteger big) -> Optional.of(big.doubleValue());
            case Value.Bool(boolean b) -> Optional.of(b ? 1.0 : 0.0);
            default -> Optional.empty();
        };
    }
}
