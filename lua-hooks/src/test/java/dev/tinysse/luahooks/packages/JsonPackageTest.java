package dev.tinysse.luahooks.packages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tinysse.lua.CallLimits;
import dev.tinysse.lua.value.LuaException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The package {@code json} beyond the recorded cases. */
class JsonPackageTest {

    private static final String JSON = "local json = require 'json' ";

    private final TestScripts scripts = new TestScripts(new JsonPackage());

    @AfterEach
    void close() {
        scripts.close();
    }

    @Test
    void shouldWriteFloatsShortestWithPointOrExponent() {
        assertThat(scripts.run(JSON + """
                return json.encode {1e5, 1e15, 1e16, 1e100, 1e-5, 1e-6, 2^53, 2^63, -0.0, 1.5e-7, 123456.789, 0.1}"""))
                .isEqualTo("[100000.0,1000000000000000.0,1e16,1e100,0.00001,1e-6,9007199254740992.0,"
                        + "9.223372036854776e18,-0.0,1.5e-7,123456.789,0.1]");
    }

    @Test
    void shouldWriteATableWithElementsAsAnArrayAndLeaveTheRestOut() {
        assertThat(scripts.run(JSON + "return json.encode {1, 2, a = 3}, json.encode {[1] = 1, [5] = 5},"
                + " json.encode {1, nil, 3}, json.encode {[2] = 1}")).isEqualTo("[1,2] [1] [1,null,3] {\"2\":1}");
    }

    @Test
    void shouldWriteNumbersAndBooleansAsKeys() {
        assertThat(
                scripts.run(JSON + "return json.encode {[10] = 1}, json.encode {[1.5] = 1}, json.encode {[true] = 1},"
                        + " json.encode {[-3] = 1}, json.encode {[2^53] = 1}"))
                .isEqualTo("{\"10\":1} {\"1.5\":1} {\"true\":1} {\"-3\":1} {\"9007199254740992\":1}");
    }

    @Test
    void shouldNotAskMetatables() {
        assertThat(scripts.run(JSON + """
                local loud = function() error "asked" end
                local meta = {__index = loud, __len = loud, __pairs = loud, __tostring = loud}
                return json.encode(setmetatable({1}, meta)), json.encode(setmetatable({}, meta))"""))
                .isEqualTo("[1] {}");
    }

    @Test
    void shouldRefuseWhatJsonDoesNotHave() {
        assertThat(failureOf("json.encode {print}")).isEqualTo("serialize error: cannot serialize <function>");
        assertThat(failureOf("json.encode {[print] = 1}")).isEqualTo("serialize error: cannot serialize <function>");
        assertThat(failureOf("json.encode {[json.null] = 1}")).isEqualTo("serialize error: key must be a string");
        assertThat(failureOf("json.encode {[{}] = 1}")).isEqualTo("serialize error: key must be a string");
        assertThat(failureOf("json.encode {[math.huge] = 1}"))
                .isEqualTo("serialize error: float key must be finite (got NaN or +/-inf)");
        assertThat(failureOf("json.encode 'a\\xff'"))
                .isEqualTo("serialize error: invalid utf-8 sequence of 1 bytes from index 1");
        assertThat(failureOf("json.encode {['\\xff'] = 1}")).startsWith("serialize error: key must be a string");
        assertThat(failureOf("local t = {} t[1] = {t} json.encode(t)"))
                .isEqualTo("serialize error: recursive table detected");
    }

    @Test
    void shouldSurviveTablesOfAnyDepth() {
        assertThat(scripts.run(JSON + "local t = {} for i = 1, 200000 do t = {t} end return #json.encode(t)"))
                .isEqualTo("400002");
    }

    @Test
    void shouldReadUpTo127Levels() {
        assertThat(scripts.run(JSON + "return json.encode(json.decode(('['):rep(127) .. (']'):rep(127)))"))
                .isEqualTo("[".repeat(127) + "]".repeat(127));
        assertThat(failureOf("json.decode(('['):rep(1000000))"))
                .isEqualTo("deserialize error: recursion limit exceeded at line 1 column 128");
    }

    @Test
    void shouldMarkArraysSoThatScriptsCannotChangeTheMark() {
        assertThat(scripts.run(JSON + """
                local list = json.array(setmetatable({}, {__metatable = "locked"}))
                list.name = "left out"
                return json.encode(list), getmetatable(list), pcall(setmetatable, list, {})"""))
                .isEqualTo("[] false false cannot change a protected metatable");
    }

    @Test
    void shouldPrintWithTheGlobalPrintOfTheMoment() {
        assertThat(scripts.run(JSON + """
                local seen
                print = function(...) seen = {select('#', ...), (...)} return 1 end
                local results = select('#', json.print {1})
                return results, seen[1], seen[2]""")).isEqualTo("0 1 [1]");
        assertThat(failureOf("print = nil json.print(1)")).isEqualTo("error converting Lua nil to function");
    }

    @Test
    void shouldEndACallThatTakesTooMuchMemory() {
        CallLimits limits = new CallLimits(Duration.ZERO, 10_000_000);
        for (String bomb : new String[]{
                "local s = ('x'):rep(100000) local t = {} for i = 1, 1000 do t[i] = s end json.encode(t)",
                "local t = {} for i = 1, 10000 do t = {t} end json.encode(t, true)",
                "json.decode('[' .. ('[],'):rep(300000) .. '1]')"}) {
            assertThatExceptionOfType(LuaException.class).isThrownBy(() -> scripts.run(JSON + bomb, limits))
                    .withMessageContaining("not enough memory");
        }
    }

    private String failureOf(String statement) {
        return scripts.run(JSON + "local ok, e = pcall(function() " + statement + " end) assert(not ok) return e");
    }
}
