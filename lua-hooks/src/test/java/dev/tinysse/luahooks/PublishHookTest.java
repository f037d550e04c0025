package dev.tinysse.luahooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tinysse.api.HookException;
import dev.tinysse.api.Message;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PublishHookTest {
    private static final Message FULL = Message.builder().id("i").event("e").data("d").comments(List.of("a", "b"))
            .build();

    @Test
    void shouldSeeTheMessageAndItsRequest() {
        assertThat(
                publish("""
                        local m, r = pub.msg, pub.req
                        local seen = {m.id, m.event, m.data, m.comment[1], m.comment[2], #m.comment, r.method, r.uri, r.path, r.query,
                          r.addr.ip, r.addr.port, r.headers.host, r.headers["x-name"]}
                        pub.msg.data = table.concat(seen, " ")
                        return pub""",
                        FULL).data())
                .contains("i e d a b 2 GET /sse? /sse  127.0.0.1 4000 localhost Ä");
    }

    @Test
    void shouldSeeNoFieldThatIsAbsent() {
        assertThat(publish("""
                local m = pub.msg
                m.data = tostring(m.id) .. tostring(m.event) .. tostring(m.data) .. tostring(m.comment)
                return pub""", Message.EMPTY).data()).contains("nilnilnilnil");
    }

    @Test
    void shouldChangeEveryField() {
        assertThat(
                publish("pub.msg = {id = 'i2', event = 'e2', data = 'd2', comment = {'c', 2, 2.5}} return pub", FULL))
                .isEqualTo(Message.builder().id("i2").event("e2").data("d2").comments(List.of("c", "2", "2.5"))
                        .build());
    }

    @ParameterizedTest
    @ValueSource(strings = {"return pub", "local x = pub.msg return pub", "local x = pub.msg.data return pub",
            "local x = #pub.msg.comment return pub", "for k in pairs(pub.msg) do end return pub",
            "pub.msg.comment[1] = pub.msg.comment[1] return pub", "pub.mark = 1 return pub",
            "return {req = pub.req, msg = pub.msg}"})
    void shouldPassOnTheVeryMessageThatIsNotChanged(String body) {
        assertThat(publish(body, FULL)).isSameAs(FULL);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "return", "return nil", "return nil, pub"})
    void shouldRefuseWhatItDoesNotReturn(String body) {
        try (LuaHooks hooks = Scripts.load("function publish(pub) " + body + " end")) {
            assertThat(hooks.publish(Scripts.publication(FULL))).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "return 5 | publish returned a number, expected a table or nil",
            "return 'x' | returned a string", "return true | returned a boolean",
            "return {} | in which pub.req is nil, expected a table", "return {req = {}, msg = 5} | pub.msg is a number",
            "pub.msg = nil return pub | pub.msg is nil"})
    void shouldFailWithFileAndLineIfTheResultIsOfTheWrongType(String body, String message) {
        try (LuaHooks hooks = Scripts.load("\nfunction publish(pub) " + body + " end")) {
            assertThatThrownBy(() -> hooks.publish(Scripts.publication(FULL))).isInstanceOf(HookException.class)
                    .hasMessageMatching("/\\S*/hooks.lua:2: publish returned a .*").hasMessageContaining(message);
        }
    }

    @ParameterizedTest
    @CsvSource({"42, 42", "4.5, 4.5", "2^31, 2147483648.0", "1e100, 1e+100"})
    void shouldTakeNumbersAsTheirText(String number, String text) {
        assertThat(publish("local n = " + number + " pub.msg = {id = n, event = n, data = n} return pub", FULL))
                .isEqualTo(Message.builder().id(text).event(text).data(text).build());
    }

    @ParameterizedTest
    @ValueSource(strings = {"true", "{}", "print", "'\\xff'"})
    void shouldTakeOtherTypesAsAbsentAndSaySoOnce(String value) {
        try (LogLines log = new LogLines();
                LuaHooks hooks = Scripts.load("function publish(pub) pub.msg.event = " + value + " return pub end")) {
            for (int i = 0; i < 3; i++) {
                assertThat(Scripts.published(hooks, FULL).event()).isEmpty();
            }
            assertThat(log.all()).singleElement().asString()
                    .contains("hooks.lua:1: publish: event of a message must be text or a number");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"'c'", "{'c', {}}", "{'c', true}", "{'\\xff'}", "5"})
    void shouldHaveNoCommentIfOneIsBad(String comment) {
        try (LogLines log = new LogLines()) {
            assertThat(publish("pub.msg.comment = " + comment + " return pub", FULL).comments()).isEmpty();
            assertThat(log.all()).singleElement().asString().contains("comment of a message must be an array");
        }
    }

    @Test
    void shouldReadCommentsUpToTheFirstNil() {
        assertThat(publish("pub.msg.comment = {'a', nil, 'b'} return pub", FULL).comments()).containsExactly("a");
    }

    @ParameterizedTest
    @ValueSource(strings = {"id = 'a\\nb'", "id = 'a\\0b'", "event = 'a\\rb'"})
    void shouldDeliverNothingThatCouldNotBeWrittenSafely(String field) {
        try (LogLines log = new LogLines()) {
            assertThat(publish("pub.msg." + field + " return pub", FULL).isEmpty()).isTrue();
            assertThat(log.all()).singleElement().asString().contains("publish: message is not delivered: ");
        }
    }

    @Test
    void shouldLeaveTheReturnedTableToTheScript() {
        try (LuaHooks hooks = Scripts.load("""
                function publish(pub)
                  local before = last and last.msg.data .. last.req.path or "none"
                  last = pub
                  return {req = pub.req, msg = {data = before}}
                end""")) {
            assertThat(Scripts.published(hooks, Message.of("a")).data()).contains("none");
            assertThat(Scripts.published(hooks, Message.of("b")).data()).contains("a/sse");
        }
    }

    private static Message publish(String body, Message message) {
        try (LuaHooks hooks = Scripts.load("function publish(pub) " + body + " end")) {
            return Scripts.published(hooks, message);
        }
    }
}
