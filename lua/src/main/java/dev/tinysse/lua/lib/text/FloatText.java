package dev.tinysse.lua.lib.text;

import java.nio.charset.StandardCharsets;

/** Floats as {@code tostring} and {@code ..} write them: C's {@code %.14g}, with {@code .0} behind what would read as an integer. */
public final class FloatText {
    private static final int PRECISION = 14;
    private static final double SHORT_INTEGER = 1e14;

    private FloatText() {}

    /** The text of a float, ASCII. */
    public static byte[] of(double number) {
        if (Math.abs(number) < SHORT_INTEGER && number == (long) number) {
            return (number == 0 && 1 / number < 0 ? "-0.0" : (long) number + ".0")
                    .getBytes(StandardCharsets.ISO_8859_1);
        }
        ByteBuilder text = new ByteBuilder();
        if (Double.isNaN(number) || Double.isInfinite(number)) {
            return text.append(FloatFormat.sign(number)).append(Double.isNaN(number) ? "nan" : "inf").toBytes();
        }
        FloatFormat.general(text.append(FloatFormat.sign(number)), Math.abs(number), PRECISION, false);
        if (readsAsInteger(text)) {
            text.append(".0");
        }
        return text.toBytes();
    }

    private static boolean readsAsInteger(ByteBuilder text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.array()[i] == '.' || text.array()[i] == 'e') {
                return false;
            }
        }
        return true;
    }
}
