package dev.tinysse.lua;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tinysse.lua.function.LibraryTable;
import dev.tinysse.lua.runtime.LuaRuntime;
import dev.tinysse.lua.runtime.Metatables;
import dev.tinysse.lua.value.LuaException;
import dev.tinysse.lua.value.Table;
import dev.tinysse.lua.value.Userdata;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TracebackTest {

    private final EngineFixture lua = new EngineFixture();

    @AfterEach
    void close() {
        lua.close();
    }

    /** A package that is an object, as those of a server are. */
    private static final class Door {

        void open(LuaRuntime runtime) {
            Table members = LibraryTable.into(runtime, runtime.newTable()).add("open", _ -> {
                throw new LuaException("the box is locked", null);
            }).table();
            Table metatable = runtime.newTable();
            metatable.rawset(Metatables.INDEX, members);
            runtime.loaded().rawset("door", new Userdata<>(this, metatable));
        }
    }

    @Test
    void shouldNameTheFunctionOfAPackageThatIsAnObject() {
        lua.engine.with(new Door()::open);
        assertThat(traceback("local door = require 'door' door.open()")).contains("in function 'door.open'");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"utf8.char(-1) | utf8.char", "string.char(-1) | string.char",
            "string.rep() | string.rep", "('x'):rep({}) | string.rep", "os.time({}) | os.time", "io.open() | io.open",
            "table.pack(table.unpack()) | table.unpack", "string.unpack('i4', '') | string.unpack", "error() | error"})
    void shouldNameABuiltinByTheLibraryItBelongsTo(String script, String name) {
        assertThat(traceback(script)).contains("\n\t[C]: in function '" + name + "'\n");
    }

    @Test
    void shouldNotTakeAMethodForTheFunctionOfThatName() {
        assertThat(traceback("io.stdout:seek('nowhere')")).contains("in method 'seek'");
        assertThat(traceback("io.stdout:read('wrong')")).contains("in method 'read'");
    }

    private String traceback(String script) {
        LuaException[] error = {null};
        assertThatThrownBy(() -> lua.run(script))
                .isInstanceOfSatisfying(LuaException.class, thrown -> error[0] = thrown);
        return error[0].traceback();
    }
}
