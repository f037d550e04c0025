package dev.tinysse.lua.lib.text;

/** Hexadecimal floats as C's {@code %a} writes them: one digit before the point, a binary exponent. */
final class HexFloat {
    private static final int MANTISSA_BITS = 52;
    private static final int MANTISSA_DIGITS = 13;

    private HexFloat() {}

    /**
     * Appends the digits of a finite number that is not negative, without {@code 0x}.
     *
     * @param precision digits behind the point, rounded half to even; -1 for as many as needed
     */
    static void write(ByteBuilder out, double number, int precision, boolean alternate) {
        long bits = Double.doubleToRawLongBits(number);
        boolean normal = number >= Double.MIN_NORMAL;
        long mantissa = bits & (1L << MANTISSA_BITS) - 1 | (normal ? 1L << MANTISSA_BITS : 0);
        int exponent = number == 0 ? 0 : normal ? Math.getExponent(number) : Double.MIN_EXPONENT;
        if (precision >= 0 && precision < MANTISSA_DIGITS) {
            mantissa = round(mantissa, MANTISSA_BITS - 4 * precision);
        }
        out.append(Character.forDigit((int) (mantissa >>> MANTISSA_BITS), 16));
        long fraction = mantissa & (1L << MANTISSA_BITS) - 1;
        int digits = precision;
        if (precision < 0) {
            digits = fraction == 0 ? 0 : MANTISSA_DIGITS - Long.numberOfTrailingZeros(fraction) / 4;
        }
        if (digits > 0 || alternate) {
            out.append('.');
        }
        for (int i = 1; i <= digits; i++) {
            int digit = i > MANTISSA_DIGITS ? 0 : (int) (fraction >>> MANTISSA_BITS - 4 * i) & 15;
            out.append(Character.forDigit(digit, 16));
        }
        out.append('p').append(exponent < 0 ? '-' : '+').append(Integer.toString(Math.abs(exponent)));
    }

    private static long round(long mantissa, int dropped) {
        long unit = 1L << dropped;
        long rest = mantissa & unit - 1;
        long kept = mantissa - rest;
        boolean odd = (kept & unit) != 0;
        return rest > unit / 2 || rest == unit / 2 && odd ? kept + unit : kept;
    }
}
