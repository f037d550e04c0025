package dev.tinysse.luahooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tinysse.api.HookException;
import dev.tinysse.api.Publication;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Attributes set by {@code publish} are stored as text with a message, and {@code message} reads them again, also in another server. */
class SavedAttributesTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {"'text' | pub.v | text", "'' | #pub.v | 0",
            "'ä€😀' | pub.v | ä€😀", "'a\\0b:;{}#' | pub.v == 'a\\0b:;{}#' | true",
            "'\\255\\0\\128' | pub.v == '\\255\\0\\128' | true",
            "'\\n\\r' | pub.v == '\\n\\r' | true", "7 | math.type(pub.v) .. pub.v | integer7",
            "math.mininteger | pub.v | -9223372036854775808", "7.0 | math.type(pub.v) .. pub.v | float7.0",
            "0.1 | pub.v == 0.1 | true", "1e308 | pub.v == 1e308 | true", "1/0 | pub.v | inf", "-1/0 | pub.v | -inf",
            "0/0 | pub.v ~= pub.v | true", "-0.0 | 1/pub.v | -inf", "true | pub.v | true", "false | pub.v | false",
            "{1, 'b', {c = true}} | pub.v[1] .. pub.v[2] .. tostring(pub.v[3].c) | 1btrue",
            "{[true] = 1, [false] = 2, [1.5] = 3, [-1] = 4, [''] = 5} | pub.v[true] .. pub.v[false] .. pub.v[1.5] .. pub.v[-1] .. pub.v[''] | 12345",
            "{} | next(pub.v) | nil", "{nil, 2} | pub.v[2] | 2",
            "require('json').null | pub.v == require('json').null | true",
            "require('json').array() | require('json').encode(pub.v) | []"})
    void shouldKeepData(String value, String looking, String seen) {
        assertThat(restored("pub.v = " + value, looking)).isEqualTo(seen);
    }

    @Test
    void shouldKeepKeysThatAreNoTexts() {
        assertThat(restored("pub[1] = 'one' pub[true] = 'yes' pub[2.5] = 'x'", "pub[1] .. pub[true] .. pub[2.5]"))
                .isEqualTo("oneyesx");
    }

    @Test
    void shouldKeepATableThatIsInTwoPlacesAsOne() {
        assertThat(restored("local t = {n = 1} pub.a, pub.b, pub.c = t, {t, t}, t",
                "pub.a == pub.b[1] and pub.a == pub.c and pub.b[2].n")).isEqualTo("1");
    }

    @Test
    void shouldNotGrowWithTheNumberOfPlacesOfATable() {
        try (LuaHooks hooks = Scripts.load("""
                function publish(pub) local t = {} for i = 1, 60 do t = {t, t} end pub.t = t return pub end
                function message(pub, sub) return pub end""")) {
            assertThat(hooks.saveAttributes(hooks.publish(Scripts.publication("x")).orElseThrow()).orElseThrow())
                    .hasSizeLessThan(2000);
        }
    }

    @Test
    void shouldKeepTablesOfAnyDepth() {
        assertThat(restored("for i = 1, 20000 do pub.list = {i, next = pub.list} end",
                "(function() local n, list = 0, pub.list while list do n, list = n + 1, list.next end return n end)()"))
                .isEqualTo("20000");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {"pub.f = print | pub.f | pub.f is a function",
            "pub.f = coroutine.create(print) | pub.f | pub.f is a thread",
            "pub.f = require('mutex')() | pub.f | pub.f is a userdata",
            "pub.f = {1, print, coroutine.create(print)} | #pub.f | pub.f holds a function",
            "pub.f = pub | pub.f | pub.f holds itself",
            "pub.f = {n = 1} pub.f.t = {pub.f} | pub.f.n + #pub.f.t | pub.f holds itself",
            "pub.f = {[{}] = 1, n = 1} | pub.f.n | pub.f holds a table as a key",
            "pub[{}] = 1 | pub.f | pub holds a table as a key",
            "pub.f = setmetatable({n = 1}, {__index = {m = 2}}) | pub.f.n .. tostring(pub.f.m) | pub.f holds a metatable"})
    void shouldLeaveOutWhatIsNoDataAndLogItOnce(String setting, String looking, String logged) {
        try (LogLines log = new LogLines()) {
            String seen = restored(setting, "tostring(" + looking + ")", 3);
            assertThat(seen).isIn("nil", "1", "1nil");
            assertThat(log.all()).filteredOn(line -> line.contains("history keeps data alone")).singleElement()
                    .asString()
                    .startsWith("WARNING ").contains("hooks.lua:1: publish: history keeps data alone: " + logged);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "pub.msg.event = 'e'", "pub.f = print"})
    void shouldKeepNothingIfThereIsNothing(String setting) {
        try (LuaHooks hooks = Scripts.load(script(setting, "pub.f"))) {
            assertThat(hooks.saveAttributes(hooks.publish(Scripts.publication("x")).orElseThrow())).isEmpty();
        }
    }

    @Test
    void shouldKeepNothingOfWhatNoPublishHookHasSeen() {
        try (LuaHooks hooks = Scripts.load("function message(pub) return pub end")) {
            assertThat(hooks.saveAttributes(Scripts.publication("x"))).isEmpty();
            assertThat(hooks.saveAttributes(hooks.publish(Scripts.publication("x")).orElseThrow())).isEmpty();
        }
    }

    /** The text is on disks: a later version has to read it. */
    @Test
    void shouldReadWhatThisVersionHasWritten() {
        String saved = "1s4:texts2:ä😀s3:binb4:/wA=s1:ni-7;s1:fdInfinity;s1:t{i1;Ti2;Fi3;N}s1:a[]s5:again#0;";
        try (LuaHooks hooks = Scripts.load("function message(pub) pub.msg.data = pub.text .. #pub.bin .. pub.n .. pub.f"
                + " .. tostring(pub.t[1]) .. tostring(pub.t[2]) .. tostring(pub.t == pub.again) return pub end")) {
            Publication kept = hooks.restoreAttributes(Scripts.publication("x"), saved.replace("s2:ä😀", "s3:ä😀"));
            assertThat(hooks.message(kept, Scripts.subscription("q")).data()).contains("ä😀2-7inftruefalsetrue");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "2", "1s5:abc", "1s1:a", "1s1:a{", "1s1:ax", "1s1:a#3;", "1s1:ai12", "1s1:aizz;",
            "1{}T", "1}",
            "1s1:ab4:????", "1s1:a{]", "1s-1:a", "1fNaN;T", "1NT"})
    void shouldFailAtWhatIsNotOfItsMaking(String saved) {
        try (LuaHooks hooks = Scripts.load("function message(pub) return pub end")) {
            assertThatThrownBy(() -> hooks.restoreAttributes(Scripts.publication("x"), saved))
                    .isInstanceOf(HookException.class)
                    .hasMessageContaining("cannot read the keys that history keeps with a message");
        }
    }

    private static String restored(String setting, String looking) {
        return restored(setting, looking, 1);
    }

    private static String restored(String setting, String looking, int times) {
        String source = script(setting, looking);
        try (LuaHooks before = Scripts.load(source); LuaHooks after = Scripts.load(source)) {
            String seen = "";
            for (int i = 0; i < times; i++) {
                Publication accepted = before.publish(Scripts.publication("x")).orElseThrow();
                String saved = before.saveAttributes(accepted).orElse("1");
                Publication kept = after.restoreAttributes(Scripts.publication("x"), saved);
                seen = after.message(kept, Scripts.subscription("q")).data().orElseThrow();
            }
            return seen;
        }
    }

    private static String script(String setting, String looking) {
        return "function publish(pub) " + setting
                + " return pub end\nfunction message(pub, sub) pub.msg.data = tostring("
                + looking + ") return pub end";
    }
}
