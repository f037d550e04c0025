package dev.tinysse.luahooks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The findings of {@code tinysse check} about names, from the source alone. */
class GlobalsCheckTest {
    @TempDir
    private Path folder;

    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private final CheckCommand command = new CheckCommand(
            new PrintStream(said, true, StandardCharsets.UTF_8), new PrintStream(said, true, StandardCharsets.UTF_8));

    @BeforeEach
    void writeModules() throws IOException {
        Files.writeString(folder.resolve("rooms.lua"), "require 'deeper' lobby = {} return {}");
        Files.writeString(folder.resolve("deeper.lua"), "function deep() end");
        Files.writeString(folder.resolve("strange.lua"), "setmetatable(_G, {__index = print})");
        Files.writeString(folder.resolve("broken.lua"), "x = = 1");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "function tick() pritn(1) end | 1:17: undefined global pritn, did you mean print?",
            "counter = 0 function tick() conter = counter + countr end | 1:48: undefined global countr, did you mean",
            "local rooms = {} function tick() return romos[1] end | 1:41: undefined global romos, did you mean rooms?",
            "function tick() return nowhere.x end | 1:24: undefined global nowhere",
            "function tick() do local x = 1 end return x end | 1:43: undefined global x, and the local x is not visible here",
            "verbose = true function tick() if verbos then print(1) end end | 1:35: undefined global verbos, did you mean verbose?",
            "function tick() local t = {print = 1} return t[pirnt] end | 1:48: undefined global pirnt, did you mean print?",
            "function tick() nowhere.x = 1 end | 1:17: undefined global nowhere",
            "function tick() equal(1, 1) end | 1:17: undefined global equal",
            "function tick() debug.traceback() end | 1:17: the library debug requires --unsafe-script",
            "local j = require 'jsno' | 1:19: there is no package or module jsno, did you mean json?",
            "require 'broken' | 1:9: the module broken does not load: "})
    void shouldFind(String source, String finding) throws IOException {
        assertThat(check(source)).isEqualTo(1);
        assertThat(said()).contains("hooks.lua:" + finding);
    }

    @ParameterizedTest
    @ValueSource(strings = {"function tick() count = (count or 0) + 1 end",
            "function tick() later() end function later() end",
            "function tick() _G.made() end", "_G.made = 1 function tick() return made end", "_ENV.made = 1 print(made)",
            "rawset(_G, 'made', 1) print(made)", "setmetatable(_G, {__index = print}) print(made)",
            "for k in pairs(t or {}) do _G[k] = 1 end print(made)", "local g = _G g.made = 1 print(made)",
            "local _ENV = {made = 1} return made", "_ENV = setmetatable({}, {}) print(made)",
            "load('made = 1')() print(made)", "local name = 'rooms' require(name) print(lobby)",
            "local ok, fast = pcall(require, 'fast') print(ok)", "if jit then jit.off() end",
            "local u = unpack or table.unpack",
            "if type(arg) == 'table' then print(arg[1]) end", "print(mode ~= nil and mode)",
            "if not made then made = 1 end",
            "require 'rooms' print(lobby, deep)", "require 'strange' print(anything)",
            "package.preload.own = print require 'own'",
            "function test_x() equal(1, 1) end function publish(p) return p end",
            "return {x = function() fails(hooks, 'x') end}", "print(_VERSION, publish, string.format)",
            "local t = setmetatable({}, {__index = _G}) print(t)",
            "goto over ::over:: local over = 1 return {over = over}"})
    void shouldFindNothing(String source) throws IOException {
        assertThat(check(source)).as(this::said).isZero();
    }

    @Test
    void shouldListTheHooksOfModules() throws IOException {
        Files.writeString(folder.resolve("more.lua"), "function publish(pub) return pub end");
        check("require 'more' subscribe = function(sub) return sub end timeout = nil");
        assertThat(said()).endsWith("hooks.lua: hooks: publish subscribe\n");
    }

    @Test
    void shouldSayTheSameOfALineOnce() throws IOException {
        check("print(nowhere, nowhere)\nprint(nowhere)");
        assertThat(said().lines().filter(line -> line.contains("nowhere"))).hasSize(2);
    }

    private int check(String source) throws IOException {
        return command.run(List.of(Files.writeString(folder.resolve("hooks.lua"), source).toString()));
    }

    private String said() {
        return said.toString(StandardCharsets.UTF_8);
    }
}
