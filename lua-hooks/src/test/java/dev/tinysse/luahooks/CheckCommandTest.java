package dev.tinysse.luahooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CheckCommandTest {
    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private final CheckCommand command = new CheckCommand(
            new PrintStream(said, true, StandardCharsets.UTF_8), new PrintStream(said, true, StandardCharsets.UTF_8));

    @Test
    void shouldListTheHooks() {
        assertThat(check("function subscribe(s) return s end\nfunction publish(p) return p end")).isZero();
        assertThat(said()).isEqualTo("hooks.lua: hooks: publish subscribe\n");
    }

    @Test
    void shouldShowLineAndColumnOfASyntaxError() {
        assertThat(check("\nlocal s = 'ä' local x == 2")).isEqualTo(1);
        assertThat(said()).contains("hooks.lua:2:23: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "--run"})
    void shouldShowTheLineOfASourceThatIsNestedTooDeep(String flag) {
        String nested = "\nlocal s = " + "(".repeat(5000) + "1" + ")".repeat(5000);
        assertThat(flag.isEmpty() ? check(nested) : check(nested, flag)).isEqualTo(1);
        assertThat(said()).contains("hooks.lua:2:210: C stack overflow\n");
    }

    @Test
    void shouldLoadNoSourceThatIsNestedTooDeepAndNameItsLine() {
        assertThatThrownBy(() -> Scripts.load("\n\nlocal s = " + "{".repeat(5000)))
                .hasMessageContaining("hooks.lua:3: C stack overflow");
    }

    @Test
    @Timeout(60)
    void shouldComeToTheEndOfALineOfAMillionCharacters() {
        String numbers = "1,".repeat(500_000);
        assertThat(check("\nlocal t = {" + numbers + " nobody}")).isEqualTo(1);
        assertThat(said()).startsWith("hooks.lua:2:1000013: undefined global nobody\n");
    }

    @Test
    void shouldShowTheLineOfAnErrorAtTheTopLevel() {
        assertThat(check("\nerror('x')", "--run")).isEqualTo(1);
        assertThat(said()).startsWith("hooks.lua:2: x\n");
    }

    @Test
    void shouldRunNothingUnlessItIsTold() {
        assertThat(check("print(error('x'))")).isZero();
        assertThat(said()).isEqualTo("hooks.lua: hooks: none\n");
    }

    @Test
    void shouldKnowWhatTheScriptHasMadeWhenItHasRun() {
        String source = "for _, name in ipairs {'a', 'b'} do rawset(_ENV, name, 1) end function tick() return a end";
        assertThat(check(source, "--run")).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"--help", "-h"})
    void shouldTellHowToUseIt(String flag) {
        assertThat(command.run(List.of(flag))).isZero();
        assertThat(said()).startsWith("Usage: tinysse check [--run] FILE...\n");
    }

    @Test
    void shouldRefuseAFlagThatIsNotThere() {
        assertThat(command.run(List.of("--ruin", "hooks.lua"))).isEqualTo(2);
        assertThat(said()).isEqualTo(
                "tinysse: there is no such option, did you mean --run?, see tinysse check --help: --ruin\n");
    }

    @Test
    void shouldAskForAFile() {
        assertThat(command.run(List.of("--run"))).isEqualTo(2);
        assertThat(said()).isEqualTo("tinysse: no file was named, see tinysse check --help\n");
    }

    @Test
    void shouldNameAFileThatIsNotThere() {
        assertThat(command.run(List.of("nothing.lua"))).isEqualTo(1);
        assertThat(said()).isEqualTo("cannot read script nothing.lua: no such file\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"function subcribe(s) end", "subcribe = function(s) end", "function Subscribe(s) end",
            "function subscribes(s) end", "function on_x() end function subsrcibe() end",
            "_G.subcribe = function() end"})
    void shouldFindAMisspeltHook(String source) {
        assertThat(check("\n" + source)).isEqualTo(1);
        assertThat(said()).containsPattern("hooks.lua:2:\\d+: there is no hook \\w+, did you mean subscribe\\?\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"function helper() end", "local function subcribe() end", "subcribe = 5",
            "function published() end function publish(p) return p end",
            "local json = require 'json' function f(json) json.nope() end",
            "local json = require 'json' json.encode(1) local x = json.nope", "subcribe, x = 1, function() end",
            "local t = {json = {}} function f() t.json.nope() end",
            "local json, x = {}, 1 function f() json.nope() end",
            "local log, json = require 'log', require 'json' function f() log.warn('x') json.encode(1) end",
            "local x, json = f and f(), require 'json' function g() json.nope() end",
            "local json, x = nil, require 'json' function f() json.nope() end",
            "local json = require 'json' json, x = {}, 1 function f() json.nope() end"})
    void shouldFindNothing(String source) {
        assertThat(check(source)).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"local json = require 'json' function f() json.encde(1) end",
            "local j = require('json') function f() return j.encde {} end",
            "function f() return require('json').encde 'x' end",
            "local log, json = require 'log', require 'json' function f() json.encde(1) end",
            "local json, log = require('json'), require('log') function f() json.encde(1) end",
            "package.preload.m = print local m, json = require 'm', require 'json' function f() json.encde(1) end"})
    void shouldFindACallOfAFunctionThatAPackageDoesNotHave(String source) {
        assertThat(check(source)).isEqualTo(1);
        assertThat(said()).contains(
                "hooks.lua:1:" + (source.indexOf("encde") + 1)
                        + ": the package json has no function encde, did you mean encode?\n");
    }

    private int check(String source, String... flags) {
        List<String> arguments = new ArrayList<>(List.of(flags));
        arguments.add(Scripts.write(source).toString());
        return command.run(arguments);
    }

    private String said() {
        return said.toString(StandardCharsets.UTF_8).replaceAll("\\S*" + Path.of("/") + "(?=hooks.lua)", "");
    }
}
