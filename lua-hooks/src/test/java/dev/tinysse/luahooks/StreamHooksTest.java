package dev.tinysse.luahooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tinysse.api.HookException;
import dev.tinysse.api.Message;
import dev.tinysse.api.Subscription;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StreamHooksTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"return 5 | subscribe returned a number, expected a table or nil",
            "return {} | subscribe returned a table in which sub.req is nil, expected a table",
            "error('nobody') | hooks.lua:1: nobody"})
    void shouldFailToSubscribe(String body, String message) {
        try (LuaHooks hooks = Scripts.load("function subscribe(sub) " + body + " end")) {
            assertThatThrownBy(() -> hooks.subscribe(Scripts.subscription("q"))).isInstanceOf(HookException.class)
                    .hasMessageContaining(message);
        }
    }

    @Test
    void shouldRefuseAStreamByNil() {
        try (LuaHooks hooks = Scripts.load("function subscribe(sub) end")) {
            assertThat(hooks.subscribe(Scripts.subscription("q"))).isEmpty();
        }
    }

    @Test
    void shouldCatchUp() {
        assertThat(
                catchup("""
                        return {{id = 1, event = "e", data = "a", comment = {"c"}}, {}, {other = 1}, {data = id}, nil, {data = "z"}}""",
                        Scripts.subscription("q").withLastEventId("77")))
                .containsExactly(
                        Message.builder().id("1").event("e").data("a").comments(List.of("c")).build(),
                        Message.of("77"));
    }

    @Test
    void shouldCatchUpWithoutALastEventId() {
        assertThat(catchup("return {{data = type(id) .. sub.req.query}}", Scripts.subscription("q")))
                .containsExactly(Message.of("nilq"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "return nil", "return {}", "return {data = 'no array'}"})
    void shouldHaveNothingToCatchUp(String body) {
        assertThat(catchup(body, Scripts.subscription("q"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"return 5", "return {{data = 'a'}, 5}", "error('x')"})
    void shouldFailToCatchUp(String body) {
        assertThatThrownBy(() -> catchup(body, Scripts.subscription("q"))).isInstanceOf(HookException.class)
                .hasMessageContaining("hooks.lua:1: ");
    }

    @ParameterizedTest
    @CsvSource({"1234.9, 1234", "-5, 0", "0/0, 0", "-1/0, 0", "1/0, 9223372036854775807", "'77', 77",
            "elapsed * 2, 3000",
            "'1e3', 1000"})
    void shouldChooseWhenToComeBack(String result, long millis) {
        try (LuaHooks hooks = Scripts.load("function timeout(sub, elapsed) return " + result + " end")) {
            assertThat(hooks.timeout(Scripts.subscription("q"), Duration.ofMillis(1500))).hasValue(millis);
        }
    }

    @Test
    void shouldLeaveTheChoiceToTheServer() {
        try (LuaHooks hooks = Scripts.load("function timeout(sub, elapsed) end")) {
            assertThat(hooks.timeout(Scripts.subscription("q"), Duration.ZERO)).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "true", "'soon'", "print"})
    void shouldFailToChooseWhatIsNoNumber(String result) {
        try (LuaHooks hooks = Scripts.load("function timeout(sub, elapsed) return " + result + " end")) {
            assertThatThrownBy(() -> hooks.timeout(Scripts.subscription("q"), Duration.ZERO))
                    .isInstanceOf(HookException.class).hasMessageMatching(
                            ".*hooks.lua:1: timeout returned a \\w+, expected a number of milliseconds or nil");
        }
    }

    @Test
    void shouldSeeTheStreamThatIsGone() {
        try (LuaHooks hooks = Scripts.load("""
                gone = {}
                function subscribe(sub) sub.name = sub.req.query return sub end
                function unsubscribe(sub) gone[#gone + 1] = sub.name return "ignored" end
                function catchup(sub) return {{data = table.concat(gone, " ")}} end""")) {
            for (String name : List.of("anna", "bob")) {
                hooks.unsubscribe(hooks.subscribe(Scripts.subscription(name)).orElseThrow());
            }
            assertThat(hooks.catchup(Scripts.subscription("q"))).containsExactly(Message.of("anna bob"));
        }
    }

    private static List<Message> catchup(String body, Subscription subscription) {
        try (LuaHooks hooks = Scripts.load("function catchup(sub, id) " + body + " end")) {
            return hooks.catchup(subscription);
        }
    }
}
