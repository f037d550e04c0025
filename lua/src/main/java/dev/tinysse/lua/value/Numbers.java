package dev.tinysse.lua.value;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** Between integers, floats and their text, as Lua 5.4 has it (reference manual §3.4.3). */
public final class Numbers {

    private static final double TWO_63 = 0x1p63;
    private static final MathContext FOURTEEN_DIGITS = new MathContext(14, RoundingMode.HALF_EVEN);

    private Numbers() {}

    /** Whether {@code d} is a whole number within 64 bits. */
    public static boolean fitsLong(double d) {
        return d >= -TWO_63 && d < TWO_63 && d == Math.rint(d);
    }

    /** Exact equality of an integer and a float. */
    public static boolean equal(long i, double d) {
        return (double) i == d && d != TWO_63 && (long) d == i;
    }

    /** Exact {@code i < d}. */
    public static boolean less(long i, double d) {
        if (fitsDouble(i)) {
            return i < d;
        }
        if (d >= TWO_63) {
            return true;
        }
        return d > -TWO_63 && i < (long) Math.ceil(d);
    }

    /** Exact {@code i <= d}. */
    public static boolean lessOrEqual(long i, double d) {
        if (fitsDouble(i)) {
            return i <= d;
        }
        if (d >= TWO_63) {
            return true;
        }
        return d >= -TWO_63 && i <= (long) Math.floor(d);
    }

    /** Exact {@code d < i}. */
    public static boolean less(double d, long i) {
        return d == d && !lessOrEqual(i, d);
    }

    /** Exact {@code d <= i}. */
    public static boolean lessOrEqual(double d, long i) {
        return d == d && !less(i, d);
    }

    private static boolean fitsDouble(long i) {
        return i >= -(1L << 53) && i <= 1L << 53;
    }

    /** {@code d} as {@code tostring} writes it: 14 significant digits, and {@code .0} if that looks like an integer. */
    public static String format(double d) {
        if (d == Math.rint(d) && Math.abs(d) < 1e14) {
            String sign = d == 0 && 1 / d < 0 ? "-" : "";
            return sign + (long) d + ".0";
        }
        if (Double.isNaN(d)) {
            return Double.doubleToRawLongBits(d) < 0 ? "-nan" : "nan";
        }
        if (Double.isInfinite(d)) {
            return d > 0 ? "inf" : "-inf";
        }
        return general(d);
    }

    /** {@code %.14g} of a finite number other than 0. */
    private static String general(double d) {
        BigDecimal rounded = new BigDecimal(d).round(FOURTEEN_DIGITS).stripTrailingZeros();
        int exponent = rounded.precision() - rounded.scale() - 1;
        if (exponent >= -4 && exponent < 14) {
            String plain = rounded.toPlainString();
            return plain.indexOf('.') < 0 ? plain + ".0" : plain;
        }
        String digits = rounded.unscaledValue().abs().toString();
        StringBuilder text = new StringBuilder(24);
        if (d < 0) {
            text.append('-');
        }
        text.append(digits.charAt(0));
        if (digits.length() > 1) {
            text.append('.').append(digits, 1, digits.length());
        }
        text.append('e').append(exponent < 0 ? '-' : '+');
        int size = Math.abs(exponent);
        return (size < 10 ? text.append('0') : text).append(size).toString();
    }
}
