package dev.tinysse.api.internal;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Durations written as numbers with units, {@code 1h 30m}. The units are those of the humantime notation, so that
 * existing settings keep their meaning: a month is 30.44 days, a year 365.25. Safe for any thread.
 */
public final class Durations {

    /**
     * 100 years: keeps every sum of durations and points in time within 64 bits of nanoseconds. Sums and products are made of
     * these, since {@link Duration} multiplies with BigDecimal, whose tables take milliseconds of a start.
     */
    private static final long MAX_NANOS = Duration.ofDays(36_525).toNanos();

    private static final int SECONDS_PER_MONTH = 2_630_016;
    private static final int SECONDS_PER_YEAR = 31_557_600;

    private final String text;
    private int position;

    private Durations(String text) {
        this.text = text;
    }

    /**
     * The duration that a text means.
     *
     * @param text numbers with units, or a bare {@code 0}
     * @return from zero to 100 years, or nothing when the text is no such duration
     */
    public static Optional<Duration> parse(String text) {
        return text.equals("0") ? Optional.of(Duration.ZERO) : new Durations(text.strip()).sum();
    }

    private Optional<Duration> sum() {
        if (text.isEmpty()) {
            return Optional.empty();
        }
        long nanos = 0;
        while (position < text.length()) {
            OptionalLong part = part();
            if (part.isEmpty() || part.getAsLong() > MAX_NANOS - nanos) {
                return Optional.empty();
            }
            nanos += part.getAsLong();
        }
        return Optional.of(Duration.ofNanos(nanos));
    }

    /** The nanoseconds of a number with its unit, up to the most there may be. */
    private OptionalLong part() {
        Optional<Long> number = Digits.parse(run(true));
        Optional<Duration> unit = unit(run(false));
        if (number.isEmpty() || unit.isEmpty() || number.get() > MAX_NANOS / unit.get().toNanos()) {
            return OptionalLong.empty();
        }
        return OptionalLong.of(number.get() * unit.get().toNanos());
    }

    /** Reads on while there are digits, or while there are none, up to the next blank; skips the blanks behind. */
    private String run(boolean digits) {
        int start = position;
        while (position < text.length() && Digits.isDigit(text.charAt(position)) == digits
                && text.charAt(position) != ' ') {
            position++;
        }
        String run = text.substring(start, position);
        while (position < text.length() && text.charAt(position) == ' ') {
            position++;
        }
        return run;
    }

    private static Optional<Duration> unit(String name) {
        return Optional.ofNullable(switch (name) {
            case "ns", "nsec", "nanos" -> Duration.ofNanos(1);
            case "us", "usec", "µs" -> Duration.ofNanos(1_000);
            case "ms", "msec", "millis" -> Duration.ofMillis(1);
            case "s", "sec", "secs", "second", "seconds" -> Duration.ofSeconds(1);
            case "m", "min", "mins", "minute", "minutes" -> Duration.ofMinutes(1);
            case "h", "hr", "hrs", "hour", "hours" -> Duration.ofHours(1);
            case "d", "day", "days" -> Duration.ofDays(1);
            case "w", "wk", "wks", "week", "weeks" -> Duration.ofDays(7);
            case "M", "month", "months" -> Duration.ofSeconds(SECONDS_PER_MONTH);
            case "y", "yr", "yrs", "year", "years" -> Duration.ofSeconds(SECONDS_PER_YEAR);
            default -> null;
        });
    }
}
