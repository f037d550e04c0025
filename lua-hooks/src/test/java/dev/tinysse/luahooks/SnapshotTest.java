package dev.tinysse.luahooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tinysse.api.HookException;
import dev.tinysse.api.Subscription;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SnapshotTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "sub.f = function(x) return x .. '!' end | sub.f('hey') | hey!",
            "sub.me = sub | tostring(sub.me == sub and sub.me.me.req == sub.req) | true",
            "local t = {} t.t = t sub.t = t | tostring(sub.t.t.t == sub.t) | true",
            "local t = {n = 1} sub.a, sub.b = t, t | tostring(sub.a == sub.b) | true",
            "sub[{}] = 1 sub[1] = 'one' sub[true] = 'yes' | sub[1] .. sub[true] | oneyes",
            "sub.list = setmetatable({}, {__index = {name = 'default'}}) | sub.list.name | default",
            "sub.co = coroutine.wrap(function() coroutine.yield('resumed') end) | sub.co() | resumed",
            "sub.bytes = '\\255\\0' | tostring(sub.bytes == '\\255\\0') | true",
            "sub.big = 1/0 | tostring(sub.big) | inf",
            "sub.null = require('json').null | tostring(sub.null == require('json').null) | true",
            "sub.array = require('json').array() | require('json').encode(sub.array) | []",
            "sub.msg = 'own' | tostring(sub.msg) | nil"})
    void shouldKeepWhatSubscribeSets(String setting, String looking, String seen) {
        try (LuaHooks hooks = Scripts.load("""
                function subscribe(sub) %s return sub end
                function message(pub, sub) pub.msg.data = %s return pub end""".formatted(setting, looking))) {
            assertThat(Scripts.delivered(hooks, "x", "q")).isEqualTo(seen);
        }
    }

    @Test
    void shouldKeepItAsItWasWhenTheHookReturned() {
        try (LuaHooks hooks = Scripts.load("""
                shared = {n = 1}
                function subscribe(sub) sub.shared = shared return sub end
                function message(pub, sub)
                  shared.n = shared.n + 1
                  pub.msg.data = sub.shared.n .. " of " .. shared.n
                  return pub
                end""")) {
            assertThat(Scripts.delivered(hooks, "x", "q")).isEqualTo("1 of 2");
        }
    }

    @Test
    void shouldKeepATableOfAnyDepth() {
        try (LuaHooks hooks = Scripts.load("""
                function subscribe(sub)
                  for i = 1, 20000 do sub.list = {i, next = sub.list} end
                  return sub
                end
                function message(pub, sub)
                  local n, list = 0, sub.list
                  while list do n, list = n + 1, list.next end
                  pub.msg.data = n
                  return pub
                end""")) {
            assertThat(Scripts.delivered(hooks, "x", "q")).isEqualTo("20000");
        }
    }

    @Test
    void shouldDropChangesOfTheRequest() {
        try (LuaHooks hooks = Scripts
                .load("""
                        function subscribe(sub) sub.req.path = "/x" sub.req.headers.new = "1" sub.req = {path = "/y"} return sub end
                        function message(pub, sub) pub.msg.data = sub.req.path .. tostring(sub.req.headers.new) return pub end""")) {
            assertThat(Scripts.delivered(hooks, "x", "q")).isEqualTo("/ssenil");
        }
    }

    @Test
    void shouldTakeATableOfTheScriptsOwn() {
        try (LuaHooks hooks = Scripts.load("""
                function subscribe(sub) return {req = sub.req, name = "own"} end
                function message(pub, sub) pub.msg.data = sub.name .. sub.req.query return pub end""")) {
            assertThat(Scripts.delivered(hooks, "x", "q")).isEqualTo("ownq");
        }
    }

    @Test
    void shouldCountWhatItKeepsAgainstTheLimits() {
        try (LuaHooks hooks = Scripts.load("""
                all = {}
                function tick() for i = 1, 5000 do all[#all + 1] = {} end end
                function subscribe(sub) sub.all = all return sub end""", 2 << 20)) {
            for (int i = 0; i < 20; i++) {
                hooks.tick(i);
            }
            assertThatThrownBy(() -> hooks.subscribe(Scripts.subscription("q"))).isInstanceOf(HookException.class)
                    .hasMessageContaining("not enough memory");
        }
    }

    @Test
    void shouldHandOnDataButNoFunctionsToTheNextScript() {
        try (LuaHooks old = Scripts.load("""
                function subscribe(sub) sub.name = "anna" sub.t = {1, f = print} sub.f = print return sub end""");
                LuaHooks next = Scripts.load("""
                        function message(pub, sub)
                          pub.msg.data = sub.name .. sub.t[1] .. tostring(sub.t.f) .. tostring(sub.f) .. sub.req.query
                          return pub
                        end""")) {
            Subscription subscription = old.subscribe(Scripts.subscription("q")).orElseThrow();
            assertThat(next.message(Scripts.publication("x"), subscription).data()).contains("anna1nilnilq");
        }
    }
}
