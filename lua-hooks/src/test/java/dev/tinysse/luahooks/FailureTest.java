package dev.tinysse.luahooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tinysse.api.HookException;
import dev.tinysse.api.Message;
import dev.tinysse.api.Script;
import dev.tinysse.api.ScriptException;
import java.time.Duration;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FailureTest {
    private static final long MEMORY = 64 << 20;

    @Test
    void shouldHaveFileLineAndTraceback() {
        failure("local function inner() error('boom') end\nfunction tick() inner() end")
                .hasMessageMatching(
                        "(?s).*hooks.lua:1: boom\nstack traceback:\n.*hooks.lua:1: in .*hooks.lua:2: in .*");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"{} | table: 0x\\p{XDigit}+", "nil | nil", "5 | 5", "true | true",
            "setmetatable({}, {__tostring = function() return 'own' end}) | own",
            "setmetatable({}, {__tostring = function() error('worse') end}) | \\(error object is a table value\\)"})
    void shouldHaveTheTextOfTheErrorValue(String value, String text) {
        failure("function tick() error(" + value + ") end")
                .hasMessageMatching("(?s)\\S+hooks.lua:1: " + text + "\nstack traceback:.*");
    }

    @ParameterizedTest
    @ValueSource(strings = {"error('boom', 0)", "require 'json'.decode('{')",
            "local t = {} while true do t[#t + 1] = {} end"})
    void shouldTellPlacesApartWhereTheErrorDoesNot(String body) {
        try (LuaHooks hooks = load("function tick(n) if n > 1 then\n" + body + "\nelse " + body + " end end",
                Duration.ZERO, MEMORY)) {
            assertThatThrownBy(() -> hooks.tick(1)).message().contains("hooks.lua:3: ", "\nstack traceback:");
            assertThatThrownBy(() -> hooks.tick(2)).message().contains("hooks.lua:2: ", "\nstack traceback:");
        }
    }

    @Test
    void shouldNameThePlaceWhereTheHeapWasTooSmall() {
        long heap = Runtime.getRuntime().maxMemory();
        assumeTrue(heap < Integer.MAX_VALUE, "a string can be as long as the heap is large");
        try (LuaHooks hooks = load("function tick()\n return ('x'):rep(%d)\nend".formatted(heap), Duration.ZERO, 0)) {
            assertThatThrownBy(() -> hooks.tick(1)).message().contains("hooks.lua:2: not enough memory\nstack");
        }
    }

    @Test
    void shouldTraceEachErrorOnce() {
        try (LuaHooks hooks = load("function tick() error('boom', 0) end", Duration.ZERO, MEMORY)) {
            assertThatThrownBy(() -> hooks.tick(1)).message().contains("hooks.lua:1: boom\nstack");
            assertThatThrownBy(() -> hooks.tick(2)).message().endsWith("hooks.lua:1: boom");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"while true do end", "while true do pcall(error) end",
            "local function f() return pcall(f) end while true do f() end",
            "coroutine.wrap(function() while true do end end)()"})
    void shouldEndTheCallThatWouldRunWithoutEnd(String body) {
        shouldEndThatCallOnly(body, Duration.ofSeconds(1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"local t = {} while true do t[#t + 1] = {} end",
            "local s = 'x' while true do s = s .. s end",
            "local function f() return 1 + f() end f()",
            "setmetatable({}, {__gc = 1}) local t = {} t[1] = t error(t)"})
    void shouldEndTheCallThatFails(String body) {
        shouldEndThatCallOnly(body, Duration.ZERO);
    }

    private static void shouldEndThatCallOnly(String body, Duration timeout) {
        try (LuaHooks hooks = load("function tick() " + body
                + " end function publish(pub) pub.msg.data = 'fine' return pub end", timeout, MEMORY)) {
            assertThatThrownBy(() -> hooks.tick(1)).isInstanceOf(HookException.class);
            assertThat(Scripts.published(hooks, Message.of("x")).data()).contains("fine");
        }
    }

    private static AbstractThrowableAssert<?, ? extends Throwable> failure(String script) {
        try (LuaHooks hooks = load(script, Duration.ZERO, MEMORY)) {
            return assertThatThrownBy(() -> hooks.tick(1)).isInstanceOf(HookException.class);
        }
    }

    private static LuaHooks load(String source, Duration timeout, long memory) {
        Script usual = Scripts.script(Scripts.write(source));
        Script limited = new Script(usual.file(), usual.data(), usual.unsafe(), timeout, Duration.ZERO, memory);
        try {
            return ScriptLoader.load(limited, Scripts.CONTEXT);
        } catch (ScriptException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
