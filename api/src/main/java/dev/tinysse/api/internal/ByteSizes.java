package dev.tinysse.api.internal;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.Optional;

/**
 * Numbers of bytes written with a unit, {@code 64KB}, in any case: {@code KB} is 1000 bytes and {@code KiB} is 1024. Safe for any thread.
 */
public final class ByteSizes {

    /** More digits than any size has. */
    private static final int MAX_LENGTH = 24;

    private ByteSizes() {}

    /**
     * The number of bytes that a text means.
     *
     * @param text not null: a number, perhaps with decimals, and perhaps a unit; a fraction of a byte is cut
     * @return nothing when the text is no size below 8 EiB
     */
    public static Optional<Long> parse(String text) {
        int end = 0;
        while (end < text.length() && (Digits.isDigit(text.charAt(end)) || text.charAt(end) == '.')) {
            end++;
        }
        long unit = unit(text.substring(end).strip().toLowerCase(Locale.ROOT));
        if (unit == 0 || end > MAX_LENGTH) {
            return Optional.empty();
        }
        String number = text.substring(0, end);
        Optional<Long> whole = Digits.parse(number).filter(n -> n <= Long.MAX_VALUE / unit).map(n -> n * unit);
        return whole.isPresent() ? whole : decimal(number, unit);
    }

    /** For numbers with decimals only: BigDecimal makes tables when it is first used, which takes milliseconds of a start. */
    private static Optional<Long> decimal(String number, long unit) {
        try {
            return Optional.of(new BigDecimal(number).multiply(BigDecimal.valueOf(unit)))
                    .filter(bytes -> bytes.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) <= 0)
                    .map(BigDecimal::longValue);
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static long unit(String name) {
        return switch (name) {
            case "", "b" -> 1;
            case "k", "kb" -> 1_000;
            case "m", "mb" -> 1_000_000;
            case "g", "gb" -> 1_000_000_000;
            case "t", "tb" -> 1_000_000_000_000L;
            case "ki", "kib" -> 1L << 10;
            case "mi", "mib" -> 1L << 20;
            case "gi", "gib" -> 1L << 30;
            case "ti", "tib" -> 1L << 40;
            default -> 0;
        };
    }
}
