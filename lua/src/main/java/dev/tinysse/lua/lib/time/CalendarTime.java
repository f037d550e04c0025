package dev.tinysse.lua.lib.time;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.Optional;

/**
 * A moment as date and time of day in some zone, in the Gregorian calendar for all years that C's {@code struct tm} can hold.
 *
 * @param epochSecond    the moment, in seconds since 1970-01-01 00:00:00 UTC
 * @param year           the year, 0 and negative ones before the common era
 * @param month          1 to 12
 * @param day            day of the month, from 1
 * @param hour           0 to 23
 * @param minute         0 to 59
 * @param second         0 to 59
 * @param weekDay        0 for Sunday to 6
 * @param yearDay        day of the year, from 1
 * @param daylightSaving whether the clocks are ahead for the summer
 * @param offset         seconds ahead of UTC
 */
public record CalendarTime(long epochSecond, long year, int month, int day, int hour, int minute, int second,
        int weekDay, int yearDay,
        boolean daylightSaving, int offset) {
    private static final int DAY = 86_400;
    private static final long DAYS_OF_400_YEARS = 146_097;
    private static final int FIRST_WEEK_DAY = 4;
    private static final long MAX_YEAR = Integer.MAX_VALUE + 1900L;
    private static final long MIN_YEAR = Integer.MIN_VALUE + 1900L;
    private static final long FARTHEST = (MAX_YEAR + 1) * 366 * DAY;
    /** Rules of time zones are used for years up to here; later ones take those of an equal year. */
    private static final long LAST_KNOWN_YEAR = 9_000;

    /** The moment in a zone; empty if its year is too far away. */
    public static Optional<CalendarTime> at(long epochSecond, ZoneId zone) {
        if (epochSecond > FARTHEST || epochSecond < -FARTHEST) {
            return Optional.empty();
        }
        ZoneRules rules = zone.getRules();
        Instant known = Instant.ofEpochSecond(withinKnownYears(epochSecond));
        int offset = rules.getOffset(known).getTotalSeconds();
        long local = epochSecond + offset;
        long days = Math.floorDiv(local, DAY);
        int rest = Math.floorMod(local, DAY);
        // years are counted from March here, so that the leap day is the last one
        long shifted = days + 719_468;
        long era = Math.floorDiv(shifted, DAYS_OF_400_YEARS);
        long eraDay = Math.floorMod(shifted, DAYS_OF_400_YEARS);
        long eraYear = (eraDay - eraDay / 1_460 + eraDay / 36_524 - eraDay / (DAYS_OF_400_YEARS - 1)) / 365;
        int fromMarch = (int) (eraDay - (365 * eraYear + eraYear / 4 - eraYear / 100));
        int marchMonth = (5 * fromMarch + 2) / 153;
        int month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9;
        long year = eraYear + 400 * era + (month <= 2 ? 1 : 0);
        if (year > MAX_YEAR || year < MIN_YEAR) {
            return Optional.empty();
        }
        return Optional
                .of(new CalendarTime(epochSecond, year, month, fromMarch - (153 * marchMonth + 2) / 5 + 1, rest / 3_600,
                        rest / 60 % 60, rest % 60, (int) Math.floorMod(days + FIRST_WEEK_DAY, 7L),
                        (int) (days - daysBefore(year, 1)) + 1,
                        rules.isDaylightSavings(known), offset));
    }

    /**
     * The moment that some fields name in a zone. They may lie outside their usual ranges: the 32nd of January is the 1st of February.
     *
     * @param daylightSaving whether the fields are meant with daylight saving; empty for whatever holds at that time
     * @return the moment with all fields in their ranges; empty if its year is too far away
     */
    public static Optional<CalendarTime> of(long year, long month, long day, long hour, long minute, long second,
            Optional<Boolean> daylightSaving, ZoneId zone) {
        long realYear = year + Math.floorDiv(month - 1, 12L);
        int realMonth = (int) Math.floorMod(month - 1, 12L) + 1;
        long local = (daysBefore(realYear, realMonth) + day - 1) * DAY + hour * 3_600 + minute * 60 + second;
        return at(local - offset(local, daylightSaving, zone.getRules()), zone);
    }

    private static int offset(long local, Optional<Boolean> daylightSaving, ZoneRules rules) {
        LocalDateTime known = LocalDateTime.ofEpochSecond(withinKnownYears(local), 0, ZoneOffset.UTC);
        ZoneOffsetTransition change = rules.getTransition(known);
        boolean twice = change != null && change.isOverlap();
        ZoneOffset offset = twice ? change.getOffsetAfter() : rules.getOffset(known);
        Instant instant = known.toInstant(offset);
        if (daylightSaving.isPresent() && rules.isDaylightSavings(instant) != daylightSaving.get()) {
            int hour = daylightSaving.get() ? 3_600 : -3_600;
            return other(rules, instant).map(ZoneOffset::getTotalSeconds).orElse(offset.getTotalSeconds() + hour);
        }
        return offset.getTotalSeconds();
    }

    /** The offset on the other side of the nearest change of clocks. */
    private static Optional<ZoneOffset> other(ZoneRules rules, Instant instant) {
        boolean now = rules.isDaylightSavings(instant);
        ZoneOffsetTransition next = rules.nextTransition(instant);
        if (next != null && rules.isDaylightSavings(next.getInstant()) != now) {
            return Optional.of(next.getOffsetAfter());
        }
        ZoneOffsetTransition previous = rules.previousTransition(instant);
        return Optional.ofNullable(previous)
                .filter(change -> rules.isDaylightSavings(change.getInstant().minusSeconds(1)) != now)
                .map(ZoneOffsetTransition::getOffsetBefore);
    }

    private static long withinKnownYears(long second) {
        long cycle = DAYS_OF_400_YEARS * DAY;
        long latest = (LAST_KNOWN_YEAR - 1_970) / 400 * cycle;
        return Math.abs(second) <= latest ? second : second % cycle + (second > 0 ? latest : -latest);
    }

    /** Days from 1970-01-01 to the first of a month. */
    private static long daysBefore(long year, int month) {
        long marchYear = month <= 2 ? year - 1 : year;
        long era = Math.floorDiv(marchYear, 400L);
        long eraYear = Math.floorMod(marchYear, 400L);
        long fromMarch = (153L * (month > 2 ? month - 3 : month + 9) + 2) / 5;
        return era * DAYS_OF_400_YEARS + eraYear * 365 + eraYear / 4 - eraYear / 100 + fromMarch - 719_468;
    }
}
