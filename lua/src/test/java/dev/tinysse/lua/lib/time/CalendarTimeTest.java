package dev.tinysse.lua.lib.time;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tinysse.lua.lib.text.ByteBuilder;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CalendarTimeTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    @Test
    void shouldSplitAMomentIntoItsFields() {
        CalendarTime time = CalendarTime.at(1_700_000_000, ZoneOffset.UTC).orElseThrow();
        assertThat(time).isEqualTo(new CalendarTime(1_700_000_000, 2023, 11, 14, 22, 13, 20, 2, 318, false, 0));
    }

    @ParameterizedTest
    @CsvSource({"-1, 1969-12-31 23:59:59", "951782400, 2000-02-29 00:00:00", "-62167219200, 0-01-01 00:00:00",
            "253402300799, 9999-12-31 23:59:59", "67767976233532799, 2147483647-12-31 23:59:59"})
    void shouldKnowTheCalendarOfAllYears(long second, String date) {
        assertThat(format("%Y-%m-%d %H:%M:%S", second, ZoneOffset.UTC)).isEqualTo(date);
    }

    @Test
    void shouldRefuseYearsThatDoNotFit() {
        assertThat(CalendarTime.at(1L << 60, ZoneOffset.UTC)).isEmpty();
        assertThat(CalendarTime.at(Long.MIN_VALUE, ZoneOffset.UTC)).isEmpty();
    }

    @Test
    void shouldBringFieldsIntoTheirRanges() {
        CalendarTime time = CalendarTime.of(2005, 1, 1, 1, 0, -3602, Optional.empty(), ZoneOffset.UTC).orElseThrow();
        assertThat(time.year()).isEqualTo(2004);
        assertThat(time.yearDay()).isEqualTo(366);
        assertThat(time.second()).isEqualTo(58);
        assertThat(CalendarTime.of(2020, -9, 32, 0, 0, 0, Optional.empty(), ZoneOffset.UTC).orElseThrow().month())
                .isEqualTo(4);
    }

    @Test
    void shouldFollowTheClocksOfAZone() {
        CalendarTime summer = CalendarTime.of(2024, 7, 1, 12, 0, 0, Optional.empty(), BERLIN).orElseThrow();
        assertThat(summer.daylightSaving()).isTrue();
        assertThat(summer.offset()).isEqualTo(7200);
        CalendarTime asWinter = CalendarTime.of(2024, 7, 1, 12, 0, 0, Optional.of(false), BERLIN).orElseThrow();
        assertThat(asWinter.epochSecond() - summer.epochSecond()).isEqualTo(3600);
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '"', value = {"%c, Tue Nov 14 22:13:20 2023", "%F %T, 2023-11-14 22:13:20",
            "%D %R, 11/14/23 22:13",
            "%A %B %d, Tuesday November 14", "%a %b %h %e, Tue Nov Nov 14", "%I:%M %p, 10:13 PM", "%r, 10:13:20 PM",
            "%j, 318",
            "%U %W %V, 46 46 46", "%G-%g, 2023-23", "%u %w, 2 2", "%C %y, 20 23", "%x %X, 11/14/23 22:13:20", "%%, %",
            "%z, +0000",
            "%Ey %Od, 23 14"})
    void shouldFormatAsTheCLocaleDoes(String format, String text) {
        assertThat(format(format, 1_700_000_000, ZoneOffset.UTC)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"2021-01-03, 2020 53", "2020-12-31, 2020 53", "2018-12-31, 2019 01", "2024-01-01, 2024 01"})
    void shouldCountWeeksAsIsoDoes(String day, String week) {
        long second = java.time.LocalDate.parse(day).toEpochDay() * 86_400;
        assertThat(format("%G %V", second, ZoneOffset.UTC)).isEqualTo(week);
    }

    @Test
    void shouldNameTheZone() {
        assertThat(format("%Z %z", 1_720_000_000, BERLIN)).isEqualTo("CEST +0200");
    }

    private static String format(String format, long second, ZoneId zone) {
        ByteBuilder out = new ByteBuilder();
        byte[] bytes = format.getBytes(StandardCharsets.ISO_8859_1);
        DateFormat.format(out, bytes, 0, bytes.length, CalendarTime.at(second, zone).orElseThrow(), zone, () -> {});
        return new String(out.toBytes(), StandardCharsets.ISO_8859_1);
    }
}
