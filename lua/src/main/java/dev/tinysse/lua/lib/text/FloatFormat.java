package dev.tinysse.lua.lib.text;

import java.util.Locale;

/** Floats as C's {@code printf} writes them, digit for digit. Free functions, for any thread. */
public final class FloatFormat {
    private static final int DEFAULT_PRECISION = 6;

    private FloatFormat() {}

    /** Appends {@code number} as {@code spec} says, whose conversion is one of {@code a A e E f F g G}. */
    public static void format(ByteBuilder out, FormatSpec spec, double number) {
        ByteBuilder body = new ByteBuilder();
        String sign = spec.sign(!sign(number).isEmpty());
        boolean finite = !Double.isNaN(number) && !Double.isInfinite(number);
        char kind = (char) (spec.conversion() | 0x20);
        if (finite) {
            write(body, kind, spec, Math.abs(number));
        } else {
            body.append(Double.isNaN(number) ? "nan" : "inf");
        }
        if (finite && kind == 'a') {
            sign += "0x";
        }
        if (kind != spec.conversion()) {
            upper(body);
            sign = sign.toUpperCase(Locale.ROOT);
        }
        spec.pad(out, sign, body, finite && spec.has(FormatSpec.ZERO));
    }

    /** The sign C's {@code printf} writes: also a NaN may be negative, and {@code 0/0} is on most machines. */
    static String sign(double number) {
        return Double.doubleToRawLongBits(number) < 0 ? "-" : "";
    }

    private static void write(ByteBuilder body, char kind, FormatSpec spec, double number) {
        boolean alternate = spec.has(FormatSpec.ALTERNATE);
        int precision = spec.precision() < 0 ? DEFAULT_PRECISION : spec.precision();
        switch (kind) {
            case 'a' -> HexFloat.write(body, number, spec.precision(), alternate);
            case 'f' -> fixed(body, DecimalDigits.fraction(number, precision), precision, alternate);
            case 'e' -> scientific(body, DecimalDigits.significant(number, precision + 1), precision, alternate);
            default -> general(body, number, Math.max(precision, 1), alternate);
        }
    }

    /** The shorter of the two styles, without zeros at the end unless {@code alternate}. */
    static void general(ByteBuilder out, double number, int precision, boolean alternate) {
        DecimalDigits digits = DecimalDigits.significant(number, precision);
        int exponent = digits.exponent();
        boolean plain = exponent >= -4 && exponent < precision;
        int decimals = plain ? precision - 1 - exponent : precision - 1;
        if (!alternate) {
            digits = digits.stripped();
            decimals = Math.min(decimals, Math.max(0, digits.count() - 1 - (plain ? exponent : 0)));
        }
        if (plain) {
            fixed(out, digits, decimals, alternate);
        } else {
            scientific(out, digits, decimals, alternate);
        }
    }

    private static void fixed(ByteBuilder out, DecimalDigits digits, int decimals, boolean alternate) {
        int exponent = digits.exponent();
        for (int place = Math.max(exponent, 0); place >= -decimals; place--) {
            if (place == -1) {
                out.append('.');
            }
            out.append(digits.digit(exponent - place));
        }
        if (decimals == 0 && alternate) {
            out.append('.');
        }
    }

    private static void scientific(ByteBuilder out, DecimalDigits digits, int decimals, boolean alternate) {
        out.append(digits.digit(0));
        if (decimals > 0 || alternate) {
            out.append('.');
        }
        for (int i = 1; i <= decimals; i++) {
            out.append(digits.digit(i));
        }
        int exponent = digits.exponent();
        out.append('e').append(exponent < 0 ? '-' : '+');
        int size = Math.abs(exponent);
        if (size < 10) {
            out.append('0');
        }
        out.append(Integer.toString(size));
    }

    private static void upper(ByteBuilder text) {
        byte[] bytes = text.array();
        for (int i = 0; i < text.length(); i++) {
            if (bytes[i] >= 'a' && bytes[i] <= 'z') {
                bytes[i] = (byte) (bytes[i] - 32);
            }
        }
    }
}
