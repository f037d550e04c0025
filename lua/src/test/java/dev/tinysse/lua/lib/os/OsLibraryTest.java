package dev.tinysse.lua.lib.os;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tinysse.lua.lib.support.LibraryFixture;
import dev.tinysse.lua.value.LuaInteger;
import dev.tinysse.lua.value.Strings;
import dev.tinysse.lua.value.Table;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OsLibraryTest {
    @TempDir
    Path folder;

    private final LibraryFixture lua = LibraryFixture.create();

    @Test
    void shouldFormatDates() {
        assertThat(lua.call("os.date", "!%F %T", 1_700_000_000)).containsExactly("2023-11-14 22:13:20");
        assertThat(lua.call("os.date", "!%c", 0)).containsExactly("Thu Jan  1 00:00:00 1970");
        Table fields = (Table) lua.call("os.date", "!*t", 1_700_000_000).getFirst();
        assertThat(fields.rawget("yday")).isEqualTo(LuaInteger.of(318));
        assertThat(fields.rawget("wday")).isEqualTo(LuaInteger.of(3));
        assertThatThrownBy(() -> lua.call("os.date", "%Ez"))
                .hasMessage("bad argument #1 to 'os.date' (invalid conversion specifier '%Ez')");
        assertThatThrownBy(() -> lua.call("os.date", "%Y", 1L << 60))
                .hasMessage("date result cannot be represented in this installation");
    }

    @Test
    void shouldMakeTimesOfFieldsAndBringTheseIntoTheirRanges() {
        Table fields = date(2024, 1, 2);
        long noon = (long) lua.call("os.time", fields).getFirst();
        assertThat(lua.call("os.date", "%F %H", noon)).containsExactly("2024-01-02 12");
        Table over = date(2024, 14, -3);
        lua.call("os.time", over);
        assertThat(over.rawget("year")).isEqualTo(LuaInteger.of(2025));
        assertThat(over.rawget("month")).isEqualTo(LuaInteger.of(1));
        assertThat(over.rawget("day")).isEqualTo(LuaInteger.of(28));
    }

    @Test
    void shouldReportFieldsThatCannotBe() {
        Table fields = date(2024, 1, 2);
        fields.rawset("hour", Strings.of("x"));
        assertThatThrownBy(() -> lua.call("os.time", fields)).hasMessage("field 'hour' is not an integer");
        assertThatThrownBy(() -> lua.call("os.time", lua.table())).hasMessage("field 'year' missing in date table");
        assertThatThrownBy(() -> lua.call("os.time", date((1L << 31) + 1900, 1, 1)))
                .hasMessage("field 'year' is out-of-bound");
    }

    @Test
    void shouldRemoveAndRename() {
        Path from = folder.resolve("a");
        Path to = folder.resolve("b");
        assertThat(lua.call("os.remove", from)).containsExactly(null, from + ": No such file or directory", 2L);
        assertThat(lua.call("os.rename", from, to)).containsExactly(null, "No such file or directory", 2L);
        String name = (String) lua.call("os.tmpname").getFirst();
        assertThat(lua.call("os.rename", name, from)).containsExactly(true);
        assertThat(lua.call("os.remove", from)).containsExactly(true);
        assertThat(Files.exists(from)).isFalse();
    }

    @Test
    void shouldRunCommands() {
        assertThat(lua.call("os.execute")).containsExactly(true);
        assertThat(lua.call("os.execute", "exit 3")).containsExactly(null, "exit", 3L);
        assertThat(lua.call("os.execute", "true")).containsExactly(true, "exit", 0L);
        assertThat(lua.call("os.execute", "kill -9 $$")).containsExactly(null, "signal", 9L);
    }

    @Test
    void shouldSeeTheEnvironmentItIsGiven() {
        lua.environment.put("NAME", "value");
        assertThat(lua.call("os.getenv", "NAME")).containsExactly("value");
        assertThat(lua.call("os.getenv", "PATH")).containsExactly((Object) null);
    }

    @Test
    void shouldLeaveTheExitToTheHost() {
        lua.call("io.write", "last words");
        lua.call("os.exit", 7);
        lua.call("os.exit", false);
        lua.call("os.exit");
        assertThat(lua.exits).containsExactly(7, 1, 0);
        assertThat(lua.out.toString()).isEqualTo("last words");
    }

    @Test
    void shouldKnowOneLocale() {
        assertThat(lua.call("os.setlocale")).containsExactly("C");
        assertThat(lua.call("os.setlocale", "C", "numeric")).containsExactly("C");
        assertThat(lua.call("os.setlocale", "de_DE")).containsExactly((Object) null);
        assertThatThrownBy(() -> lua.call("os.setlocale", "C", "bad"))
                .hasMessage("bad argument #2 to 'os.setlocale' (invalid option 'bad')");
    }

    @Test
    void shouldMeasureTime() {
        assertThat(lua.call("os.difftime", 5, 3)).containsExactly(2.0);
        assertThat((double) lua.call("os.clock").getFirst()).isNotNegative();
        assertThat((long) lua.call("os.time").getFirst()).isGreaterThan(1_700_000_000L);
    }

    private Table date(long year, long month, long day) {
        Table fields = lua.table();
        fields.rawset("year", LuaInteger.of(year));
        fields.rawset("month", LuaInteger.of(month));
        fields.rawset("day", LuaInteger.of(day));
        return fields;
    }
}
