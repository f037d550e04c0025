package dev.tinysse.lua.lib.time;

import dev.tinysse.lua.lib.text.ByteBuilder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Dates as C's {@code strftime} writes them in the C locale, with all conversions of C99. */
public final class DateFormat {
    private static final String[] DAYS = {"Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"};
    private static final String[] MONTHS = {"January", "February", "March", "April", "May", "June", "July", "August",
            "September", "October", "November", "December"};
    private static final String PLAIN = "aAbBcCdDeFgGhHIjmMnprRStTuUVwWxXyYzZ%";
    private static final String AFTER_E = "cCxXyY";
    private static final String AFTER_O = "deHImMSuUVwWy";

    private final CalendarTime time;
    private final ZoneId zone;
    private final ByteBuilder out;

    private DateFormat(CalendarTime time, ZoneId zone, ByteBuilder out) {
        this.time = time;
        this.zone = zone;
        this.out = out;
    }

    /**
     * Appends {@code time} to {@code out} as {@code format[start..end)} says.
     *
     * @param zone the zone of {@code time}, for its name
     * @param poll called for each conversion; what it throws ends the formatting
     * @throws IllegalArgumentException if there is a conversion that C99 does not know; the message names it
     */
    public static void format(ByteBuilder out, byte[] format, int start, int end, CalendarTime time, ZoneId zone,
            Runnable poll) {
        DateFormat writer = new DateFormat(time, zone, out);
        int at = start;
        while (at < end) {
            int c = format[at++];
            if (c != '%') {
                out.append(c);
                continue;
            }
            int length = conversionLength(format, at, end);
            if (length == 0) {
                throw new IllegalArgumentException("invalid conversion specifier '%" + rest(format, at, end) + "'");
            }
            at += length;
            poll.run();
            writer.convert((char) format[at - 1]);
        }
    }

    private static int conversionLength(byte[] format, int at, int end) {
        if (at < end && PLAIN.indexOf(format[at]) >= 0) {
            return 1;
        }
        if (end - at < 2) {
            return 0;
        }
        String modified = switch (format[at]) {
            case 'E' -> AFTER_E;
            case 'O' -> AFTER_O;
            default -> "";
        };
        return modified.indexOf(format[at + 1]) >= 0 ? 2 : 0;
    }

    private static String rest(byte[] format, int at, int end) {
        int stop = at;
        while (stop < end && format[stop] != 0) {
            stop++;
        }
        return new String(format, at, stop - at, StandardCharsets.UTF_8);
    }

    private void convert(char conversion) {
        switch (conversion) {
            case 'a' -> out.append(DAYS[time.weekDay()].substring(0, 3));
            case 'A' -> out.append(DAYS[time.weekDay()]);
            case 'b', 'h' -> out.append(MONTHS[time.month() - 1].substring(0, 3));
            case 'B' -> out.append(MONTHS[time.month() - 1]);
            case 'c' -> sequence("a b e T Y");
            case 'C' -> out.append(Long.toString(Math.floorDiv(time.year(), 100L)));
            case 'd' -> two(time.day());
            case 'D', 'x' -> sequence("m/d/y");
            case 'e' -> spaced(time.day());
            case 'F' -> sequence("Y-m-d");
            case 'g' -> two(Math.floorMod(isoYear(), 100L));
            case 'G' -> out.append(Long.toString(isoYear()));
            case 'H' -> two(time.hour());
            case 'I' -> two(twelveHour());
            case 'j' -> three(time.yearDay());
            case 'm' -> two(time.month());
            case 'M' -> two(time.minute());
            case 'n' -> out.append('\n');
            case 'p' -> out.append(time.hour() < 12 ? "AM" : "PM");
            case 'r' -> sequence("I:M:S p");
            case 'R' -> sequence("H:M");
            case 'S' -> two(time.second());
            case 't' -> out.append('\t');
            case 'T', 'X' -> sequence("H:M:S");
            case 'u' -> out.append('0' + isoWeekDay());
            case 'U' -> two((time.yearDay() + 6 - time.weekDay()) / 7);
            case 'V' -> two(isoWeek());
            case 'w' -> out.append('0' + time.weekDay());
            case 'W' -> two((time.yearDay() + 6 - (time.weekDay() + 6) % 7) / 7);
            case 'y' -> two(Math.floorMod(time.year(), 100L));
            case 'Y' -> out.append(Long.toString(time.year()));
            case 'z' -> offset();
            case 'Z' -> out.append(zoneName());
            default -> out.append('%');
        }
    }

    /** Letters are conversions here, all else stands for itself. */
    private void sequence(String conversions) {
        for (char c : conversions.toCharArray()) {
            if (Character.isLetter(c)) {
                convert(c);
            } else {
                out.append(c);
            }
        }
    }

    private void two(long number) {
        if (number >= 0 && number < 10) {
            out.append('0');
        }
        out.append(Long.toString(number));
    }

    private void three(int number) {
        if (number < 100) {
            out.append('0');
        }
        two(number);
    }

    private void spaced(int number) {
        if (number < 10) {
            out.append(' ');
        }
        out.append(Integer.toString(number));
    }

    private int twelveHour() {
        return (time.hour() + 11) % 12 + 1;
    }

    private int isoWeekDay() {
        return (time.weekDay() + 6) % 7 + 1;
    }

    /** The year that the Thursday of this week is in. */
    private long isoYear() {
        int thursday = time.yearDay() + 4 - isoWeekDay();
        if (thursday < 1) {
            return time.year() - 1;
        }
        return thursday > length(time.year()) ? time.year() + 1 : time.year();
    }

    private int isoWeek() {
        int thursday = time.yearDay() + 4 - isoWeekDay();
        if (thursday < 1) {
            thursday += length(time.year() - 1);
        } else if (thursday > length(time.year())) {
            thursday -= length(time.year());
        }
        return (thursday - 1) / 7 + 1;
    }

    private static int length(long year) {
        return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 366 : 365;
    }

    private void offset() {
        int minutes = Math.abs(time.offset()) / 60;
        out.append(time.offset() < 0 ? '-' : '+');
        two(minutes / 60);
        two(minutes % 60);
    }

    private String zoneName() {
        return DateTimeFormatter.ofPattern("zzz", Locale.ENGLISH).withZone(zone)
                .format(Instant.ofEpochSecond(time.epochSecond()));
    }
}
