package dev.tinysse.lua.lib.text;

import java.util.Locale;

/** Integers as C's {@code printf} writes them. Free functions, for any thread. */
public final class IntegerFormat {
    private IntegerFormat() {}

    /** Appends {@code number} as {@code spec} says, whose conversion is one of {@code d i u o x X}. */
    public static void format(ByteBuilder out, FormatSpec spec, long number) {
        if (spec.plain() && (spec.conversion() == 'd' || spec.conversion() == 'i')) {
            decimal(out, number);
            return;
        }
        String digits = digits(spec, number);
        if (number == 0 && spec.precision() == 0) {
            digits = "";
        }
        ByteBuilder body = new ByteBuilder();
        body.fill('0', spec.precision() - digits.length()).append(digits);
        spec.pad(out, prefix(spec, number, body), body, spec.has(FormatSpec.ZERO) && spec.precision() < 0);
    }

    /** Appends the plain decimal digits. */
    public static void decimal(ByteBuilder out, long number) {
        if (number >= 0 && number < 10) {
            out.append((int) number + '0');
        } else {
            out.append(Long.toString(number));
        }
    }

    private static String digits(FormatSpec spec, long number) {
        return switch (spec.conversion()) {
            case 'o' -> Long.toOctalString(number);
            case 'x' -> Long.toHexString(number);
            case 'X' -> Long.toHexString(number).toUpperCase(Locale.ROOT);
            case 'u' -> Long.toUnsignedString(number);
            default -> number < 0 ? Long.toString(number).substring(1) : Long.toString(number);
        };
    }

    private static String prefix(FormatSpec spec, long number, ByteBuilder body) {
        boolean alternate = spec.has(FormatSpec.ALTERNATE);
        return switch (spec.conversion()) {
            case 'd', 'i' -> spec.sign(number < 0);
            case 'o' -> alternate && (body.length() == 0 || body.array()[0] != '0') ? "0" : "";
            case 'x' -> alternate && number != 0 ? "0x" : "";
            case 'X' -> alternate && number != 0 ? "0X" : "";
            default -> "";
        };
    }
}
