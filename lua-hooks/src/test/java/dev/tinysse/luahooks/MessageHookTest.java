package dev.tinysse.luahooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tinysse.api.HookException;
import dev.tinysse.api.Message;
import dev.tinysse.api.Publication;
import dev.tinysse.api.Subscription;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MessageHookTest {

    @ParameterizedTest
    @ValueSource(strings = {"return pub", "pub.mark = 1 sub.mark = 1 return pub",
            "if sub.req.query == 'q' and pub.msg.data == 'x' then return pub end"})
    void shouldGiveBackTheVeryMessageThatIsNotChanged(String body) {
        try (LuaHooks hooks = Scripts.load("function message(pub, sub) " + body + " end")) {
            Publication publication = hooks.publish(Scripts.publication("x")).orElseThrow();
            Subscription subscription = hooks.subscribe(Scripts.subscription("q")).orElseThrow();
            assertThat(hooks.message(publication, subscription)).isSameAs(publication.message());
        }
    }

    @Test
    void shouldChangeWhatOneStreamGets() {
        try (LuaHooks hooks = Scripts.load("""
                function message(pub, sub) pub.msg.data = pub.msg.data .. " for " .. sub.req.query return pub end""")) {
            assertThat(Scripts.delivered(hooks, "x", "anna")).isEqualTo("x for anna");
            assertThat(Scripts.delivered(hooks, "x", "bob")).isEqualTo("x for bob");
        }
    }

    @Test
    void shouldSkipAStreamByNil() {
        try (LuaHooks hooks = Scripts.load("function message(pub, sub) return nil end")) {
            assertThat(hooks.message(Scripts.publication("x"), Scripts.subscription("q"))).isSameAs(Message.EMPTY);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"return 5 | message returned a number, expected a table or nil",
            "return sub | message returned a table in which pub.msg is nil, expected a table",
            "error('boom') | hooks.lua:1: boom", "local t = nil t.x = 1 | (local 't')"})
    void shouldFailByErrorsAndWrongTypes(String body, String message) {
        try (LuaHooks hooks = Scripts.load("function message(pub, sub) " + body + " end")) {
            assertThatThrownBy(() -> hooks.message(Scripts.publication("x"), Scripts.subscription("q")))
                    .isInstanceOf(HookException.class).hasMessageContaining(message);
        }
    }

    @Test
    void shouldSeeChangesOfItsOwnCallOnly() {
        try (LuaHooks hooks = Scripts.load("""
                function publish(pub) pub.box = {deep = {n = 0}} return pub end
                function subscribe(sub) sub.box = {deep = {n = 0}} return sub end
                function message(pub, sub)
                  local seen = tostring(pub.mark) .. pub.box.deep.n .. tostring(sub.mark) .. sub.box.deep.n
                  pub.mark, sub.mark = "p", "s"
                  pub.box.deep.n, sub.box.deep.n = pub.box.deep.n + 1, sub.box.deep.n + 1
                  pub.msg.data = pub.msg.data .. " " .. seen
                  return pub
                end""")) {
            Publication publication = hooks.publish(Scripts.publication("x")).orElseThrow();
            Subscription subscription = hooks.subscribe(Scripts.subscription("q")).orElseThrow();
            for (int i = 0; i < 3; i++) {
                assertThat(hooks.message(publication, subscription).data()).contains("x nil0nil0");
            }
        }
    }

    @Test
    void shouldFindWhatPublishHasSet() {
        try (LuaHooks hooks = Scripts.load("""
                function publish(pub) pub.tags = {"a", "b", {c = pub.msg.data}} pub.flag = false return pub end
                function message(pub, sub)
                  pub.msg.data = pub.tags[1] .. pub.tags[2] .. pub.tags[3].c .. tostring(pub.flag) .. pub.req.method
                  return pub
                end""")) {
            assertThat(Scripts.delivered(hooks, "X", "")).isEqualTo("abXfalseGET");
        }
    }
}
