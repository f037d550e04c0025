package dev.tinysse.luahooks.packages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.tinysse.luahooks.packages.TestScripts.RunningScript;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class SleepPackageTest {

    private final TestScripts scripts = new TestScripts(new SleepPackage());

    @AfterEach
    void close() {
        scripts.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "0", "1.7", "'2'", "'0x1'", "-5", "-math.huge", "0/0"})
    void shouldComeBackWithoutResult(String milliseconds) {
        assertThat(scripts.run("return select('#', require 'sleep'(" + milliseconds + "))")).isEqualTo("0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"nil", "true", "'soon'", "{}"})
    void shouldRefuseWhatIsNoNumber(String milliseconds) {
        assertThatThrownBy(() -> scripts.run("require 'sleep'(" + milliseconds + ")"))
                .hasMessageStartingWith("bad argument #2 to `Sleep.__call`: error converting Lua ")
                .hasMessageEndingWith(" to f64 (expected number or string coercible to number)");
    }

    @Test
    void shouldLetOtherCallsRunWhileItWaits() {
        String meet = """
                here = (here or 0) + 1
                while here < 200 do require 'sleep'(1) end
                return here""";
        List<RunningScript> calls = IntStream.range(0, 200).mapToObj(_ -> scripts.start(meet)).toList();
        assertThat(calls).extracting(RunningScript::results).containsOnly("200");
    }

    @Test
    void shouldWaitWithoutEndUntilInterrupted() {
        RunningScript call = scripts.start("waiting = true; require 'sleep'(math.huge)");
        await().until(() -> scripts.run("return waiting").equals("true"));
        call.interrupt();
        assertThatThrownBy(call::results).hasMessageContaining("interrupted");
    }

    @Test
    void shouldNotWaitAgainOnceInterrupted() {
        RunningScript call = scripts.start("""
                waiting = true
                pcall(require 'sleep', math.huge)
                return pcall(require 'sleep', math.huge)""");
        await().until(() -> scripts.run("return waiting").equals("true"));
        call.interrupt();
        assertThat(call.results()).startsWith("false");
    }

    @Test
    void shouldWaitInsideOfCoroutines() {
        assertThat(scripts
                .run("""
                        local sleep = require 'sleep'
                        local co = coroutine.create(function(a) sleep(1) local b = coroutine.yield(a + 1) sleep(1) return b + 1 end)
                        local _, first = coroutine.resume(co, 1)
                        local _, second = coroutine.resume(co, 10)
                        return first, second, coroutine.status(co)"""))
                .isEqualTo("2 11 dead");
    }

    @Test
    void shouldWaitWhereverLuaCallsAFunction() {
        assertThat(scripts
                .run("""
                        local sleep = require 'sleep'
                        local lazy = setmetatable({}, {__index = function(_, key) sleep(1) return key end})
                        local t = {3, 1, 2}
                        table.sort(t, function(a, b) sleep(1) return a < b end)
                        local caught = {pcall(function() sleep(1) error('late', 0) end)}
                        return lazy.found, table.concat(t), caught[2], ("ab"):gsub(".", function(c) sleep(1) return c:upper() end)
                        """))
                .isEqualTo("found 123 late AB 2");
    }
}
