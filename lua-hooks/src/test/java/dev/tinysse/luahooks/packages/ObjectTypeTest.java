package dev.tinysse.luahooks.packages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tinysse.lua.operation.Calls;
import dev.tinysse.lua.runtime.LuaRuntime;
import dev.tinysse.lua.value.LuaException;
import dev.tinysse.lua.value.LuaInteger;
import dev.tinysse.lua.value.Strings;
import dev.tinysse.luahooks.packages.support.ObjectType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.luaj.vm2.LuaValue;

/** The properties of every package and every object of a package. */
class ObjectTypeTest {

    private final TestScripts scripts = new TestScripts(ObjectTypeTest::counters);

    @AfterEach
    void close() {
        scripts.close();
    }

    /** A package {@code counter} that makes objects with a method {@code add}. */
    private static void counters(LuaRuntime runtime) {
        ObjectType<long[]> counters = ObjectType.named(runtime, "Counter", long[].class)
                .method("add", (self, arguments) -> LuaInteger.of(self[0] += (long) arguments.number(1)))
                .build();
        ObjectType.named(runtime, "Counters", String.class)
                .call(arguments -> counters.wrap(new long[]{(long) arguments.number(1)}))
                .function("text", arguments -> Strings.of(arguments.text(1)))
                .function("table", arguments -> arguments.table(1))
                .function("call",
                        arguments -> Calls.invoke(arguments.runtime(), arguments.function(1), arguments.from(2)))
                .constant("ZERO", LuaInteger.ZERO)
                .install("counter", "counters");
        ObjectType.named(runtime, "Bare", String.class).call(_ -> LuaValue.NONE).install("bare", "bare");
    }

    @Test
    void shouldBeFoundByRequireAndNotAmongTheGlobals() {
        assertThat(
                scripts.run("return select('#', require 'counter'), counter, require 'counter' == require 'counter'"))
                .isEqualTo("1 nil true");
    }

    @Test
    void shouldNotBeFoundAnyMoreWhenItWasTakenAway() {
        assertThatExceptionOfType(LuaException.class)
                .isThrownBy(() -> scripts.run("package.loaded.counter = nil require 'counter'"))
                .withMessageContaining("module 'counter' not found");
    }

    @Test
    void shouldHaveMembersAndNilForAllOthers() {
        assertThat(scripts.run("local c = require 'counter' return c.ZERO, c.text('x'), c.nothing, c[1], c(5):add(2)"))
                .isEqualTo("0 x nil nil 7");
    }

    @Test
    void shouldRefuseToBeChangedMeasuredOrTraversed() {
        assertThat(failureOf("c.x = 1")).endsWith("attempt to index a Counters value (upvalue 'c')");
        assertThat(failureOf("return #c")).endsWith("attempt to get length of a Counters value (upvalue 'c')");
        assertThat(failureOf("for k in pairs(c) do end"))
                .endsWith("(table expected, got Counters)");
        assertThat(failureOf("return c(1) .. ''")).contains("attempt to concatenate a Counter value");
        assertThat(failureOf("return require('bare').x")).contains("attempt to index a Bare value");
    }

    @Test
    void shouldHideItsMetatableAndShowItsName() {
        assertThat(scripts
                .run("local c = require 'counter' return getmetatable(c), type(c), (tostring(c):gsub('0x%x+', '0x'))"))
                .isEqualTo("false userdata Counters: 0x");
    }

    @Test
    void shouldTakeNumbersForTextsAndIgnoreMoreArguments() {
        assertThat(scripts.run("local c = require 'counter' return c.text(5), c.text(1.5, 2, 3)")).isEqualTo("5 1.5");
    }

    @Test
    void shouldNameFunctionAndArgumentWhenATypeIsWrong() {
        assertThat(failureOf("c.text()"))
                .isEqualTo(
                        "bad argument #1 to `Counters.text`: error converting Lua nil to String (expected string or number)");
        assertThat(failureOf("c.text(true)")).contains("Lua boolean to String");
        assertThat(failureOf("c.text('a\\xff')")).isEqualTo("bad argument #1 to `Counters.text`: "
                + "error converting Lua string to String (invalid utf-8 sequence of 1 bytes from index 1)");
        assertThat(failureOf("c.table(1)"))
                .isEqualTo("bad argument #1 to `Counters.table`: error converting Lua integer to table");
        assertThat(failureOf("c.table(1.5)")).endsWith("error converting Lua number to table");
        assertThat(failureOf("c.call(c)")).endsWith("error converting Lua userdata to function");
    }

    @Test
    void shouldCountTheObjectItselfAsTheFirstArgument() {
        assertThat(failureOf("c({})")).startsWith("bad argument #2 to `Counters.__call`: error converting Lua table");
        assertThat(failureOf("c(1):add('x')"))
                .startsWith("bad argument #2 to `Counter.add`: error converting Lua string");
    }

    @Test
    void shouldRefuseAnythingElseAsSelf() {
        assertThat(failureOf("c(1).add(5)")).isEqualTo("bad argument `self` to `Counter.add`: "
                + "error converting Lua integer to userdata (expected userdata of type 'Counter')");
        assertThat(failureOf("c(1).add()"))
                .isEqualTo("bad argument `self` to `Counter.add`: error converting Lua missing argument to userdata");
        assertThat(failureOf("c(1).add(c)"))
                .isEqualTo("bad argument `self` to `Counter.add`: userdata is not expected type");
    }

    @Test
    void shouldRaiseStrings() {
        assertThat(scripts.run("local ok, e = pcall(require('counter').text) return type(e), e:match('^bad argument')"))
                .isEqualTo("string bad argument");
    }

    @Test
    void shouldPassOnWhatAFunctionOfTheScriptRaises() {
        assertThat(scripts.run("local t = {} local ok, e = pcall(require('counter').call, error, t) return e == t"))
                .isEqualTo("true");
    }

    private String failureOf(String statement) {
        return scripts.run("local c = require 'counter' local ok, e = pcall(function() " + statement
                + " end) assert(not ok) return e");
    }
}
