package dev.tinysse.lua.lib.text;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * The decimal digits of a finite number that is not negative, rounded from its exact value, half to even, as C's {@code printf} does it. The
 * value is {@code d.ddd × 10^exponent}. Immutable.
 * <p>
 * The quick way starts from the shortest digits that read back as the number. Rounding these instead of the exact value is safe up to 15 digits
 * unless they lie exactly half-way: a half-way point between them and the exact value would itself be a shorter or nearer text.
 */
final class DecimalDigits {
    private static final int SURE_DIGITS = 15;
    private static final double MAX_EXACT = 0x1p53;

    private final byte[] digits;
    private final int count;
    private final int exponent;

    private DecimalDigits(byte[] digits, int count, int exponent) {
        this.digits = digits;
        this.count = count;
        this.exponent = exponent;
    }

    /** Rounds to a number of significant digits, at least 1. */
    static DecimalDigits significant(double number, int precision) {
        if (number == 0) {
            return zero();
        }
        DecimalDigits shortest = shortest(number);
        DecimalDigits rounded = shortest.round(number, precision);
        if (rounded != null) {
            return rounded;
        }
        return of(new BigDecimal(number).round(new MathContext(precision, RoundingMode.HALF_EVEN)));
    }

    /** Rounds to a number of digits behind the point, 0 or more. */
    static DecimalDigits fraction(double number, int decimals) {
        if (number == 0) {
            return zero();
        }
        DecimalDigits shortest = shortest(number);
        DecimalDigits rounded = shortest.round(number, shortest.exponent + 1 + decimals);
        if (rounded != null) {
            return rounded;
        }
        return of(new BigDecimal(number).setScale(decimals, RoundingMode.HALF_EVEN));
    }

    /** Position of the first digit: 0 for units, -1 for tenths. */
    int exponent() {
        return exponent;
    }

    /** How many digits there are; all that would follow are zeros. */
    int count() {
        return count;
    }

    /** A digit as ASCII, zero before the first and behind the last one. */
    byte digit(int index) {
        return index < 0 || index >= count ? (byte) '0' : digits[index];
    }

    /** Without the zeros at the end. */
    DecimalDigits stripped() {
        int kept = count;
        while (kept > 1 && digits[kept - 1] == '0') {
            kept--;
        }
        return new DecimalDigits(digits, kept, exponent);
    }

    private static DecimalDigits zero() {
        return new DecimalDigits(new byte[]{'0'}, 1, 0);
    }

    private static DecimalDigits shortest(double number) {
        boolean whole = number < MAX_EXACT && number == (long) number;
        String text = whole ? Long.toString((long) number) : Double.toString(number);
        byte[] digits = new byte[text.length()];
        int count = 0;
        int point = -1;
        int exponent = 0;
        int zeros = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '.') {
                point = count;
            } else if (c == 'E') {
                exponent = Integer.parseInt(text, i + 1, text.length(), 10);
                break;
            } else if (c == '0' && count == 0) {
                zeros += point >= 0 ? 1 : 0;
            } else {
                digits[count++] = (byte) c;
            }
        }
        int before = point < 0 ? count : point;
        return new DecimalDigits(digits, count, exponent + before - 1 - zeros).stripped();
    }

    /** These shortest digits of a number cut to some; null if only the exact value can tell. */
    private DecimalDigits round(double number, int wanted) {
        if (wanted >= count) {
            boolean exact = wanted <= SURE_DIGITS && number >= Double.MIN_NORMAL
                    || number < MAX_EXACT && number == (long) number;
            return exact ? this : null;
        }
        if (wanted < 0) {
            return zero();
        }
        byte next = digits[wanted];
        if (number < Double.MIN_NORMAL || next == '5' && count == wanted + 1) {
            return null;
        }
        return next < '5' ? down(wanted) : up(wanted);
    }

    private DecimalDigits down(int kept) {
        return kept == 0 ? zero() : new DecimalDigits(digits, kept, exponent);
    }

    private DecimalDigits up(int kept) {
        int last = kept - 1;
        while (last >= 0 && digits[last] == '9') {
            last--;
        }
        if (last < 0) {
            return new DecimalDigits(new byte[]{'1'}, 1, exponent + 1);
        }
        byte[] rounded = digits.clone();
        rounded[last]++;
        return new DecimalDigits(rounded, last + 1, exponent);
    }

    private static DecimalDigits of(BigDecimal value) {
        if (value.signum() == 0) {
            return zero();
        }
        String text = value.unscaledValue().toString();
        byte[] digits = new byte[text.length()];
        for (int i = 0; i < digits.length; i++) {
            digits[i] = (byte) text.charAt(i);
        }
        return new DecimalDigits(digits, digits.length, digits.length - 1 - value.scale());
    }
}
