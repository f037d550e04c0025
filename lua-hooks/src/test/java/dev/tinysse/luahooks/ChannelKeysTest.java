package dev.tinysse.luahooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tinysse.api.HookContext;
import dev.tinysse.api.HookException;
import dev.tinysse.api.Message;
import dev.tinysse.api.Publication;
import dev.tinysse.api.Subscription;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The values and effects of {@code pub.channel} and {@code sub.channels} with {@code --channels}. */
class ChannelKeysTest {
    private static final HookContext CHANNELS = Scripts.context(Map.of("channels", true), () -> {});
    private static final String SHOW = """
            function message(pub, sub)
              pub.msg.data = pub.channel .. " " .. table.concat(sub.channels, ",")
              pub.channel, sub.channels = "elsewhere", "nowhere"
              return pub
            end
            """;

    @Test
    void shouldShowPublishAndSubscribeWhatWasAskedFor() {
        try (LuaHooks hooks = load(
                """
                        function publish(pub) pub.msg.data = pub.channel return pub end
                        function subscribe(sub) return #sub.channels == 2 and sub.channels[1] == "b" and sub.channels[2] == "a.*" and sub end
                        """)) {
            assertThat(hooks.publish(publication("news")).orElseThrow().message()).isEqualTo(Message.of("news"));
            assertThat(hooks.subscribe(subscription("b", "a.*")).orElseThrow().channels()).containsExactly("b", "a.*");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {"pub.channel = 'b' | b", "pub.channel = nil | default",
            "pub.x = 1 | a",
            "pub = {req = pub.req, msg = pub.msg} | default",
            "pub = {req = pub.req, msg = {data = 'y'}, channel = 'c'} | c"})
    void shouldPublishWhereTheHookSays(String change, String channel) {
        try (LuaHooks hooks = load("function publish(pub) " + change + " return pub end " + SHOW)) {
            Publication accepted = hooks.publish(publication("a")).orElseThrow();
            assertThat(accepted.channel()).isEqualTo(channel);
            assertThat(hooks.message(accepted, subscription("x")).data()).contains(channel + " x");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {"'a b' | \"a b\"", "'a.*' | \"a.*\"", "'' | \"\"",
            "'\\255' | text that is not UTF-8",
            "5 | a number", "{} | a table", "false | a boolean"})
    void shouldFailToPublishToWhatIsNoName(String value, String named) {
        try (LuaHooks hooks = load("function publish(pub) pub.channel = " + value + " return pub end")) {
            assertThatThrownBy(() -> hooks.publish(publication("a"))).isInstanceOf(HookException.class)
                    .hasMessageEndingWith("hooks.lua:1: publish set channel to " + named + ", expected a name");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {"{'c', 'c', 'user.*'} | c,user.*",
            "{b = true, a = true, c = false} | a,b",
            "{} | ``",
            "{'z', a = true} | z,a", "nil | default"})
    void shouldSubscribeToWhatTheHookSays(String value, String channels) {
        try (LuaHooks hooks = load("function subscribe(sub) sub.channels = " + value + " return sub end")) {
            Subscription accepted = hooks.subscribe(subscription("x")).orElseThrow();
            assertThat(String.join(",", accepted.channels())).isEqualTo(channels);
        }
    }

    @Test
    void shouldSubscribeToWhatTheHookAddsToItsArray() {
        try (LuaHooks hooks = load("function subscribe(sub) table.insert(sub.channels, 'b') return sub end")) {
            assertThat(hooks.subscribe(subscription("a")).orElseThrow().channels()).containsExactly("a", "b");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "{'a b'} | subscribe put \"a b\" into channels, expected a name or pattern",
            "{['**.a'] = true} | subscribe put \"**.a\" into channels, expected a name or pattern",
            "{5} | subscribe put a number into channels, expected a name or pattern",
            "{a = 1} | subscribe set channels[\"a\"] to a number, expected true",
            "{[true] = true} | subscribe put a boolean into channels, expected a name or pattern",
            "'news' | subscribe set channels to \"news\", expected an array or set of names and patterns",
            "false | subscribe set channels to a boolean, expected an array or set of names and patterns"})
    void shouldFailToSubscribeToWhatIsNoNameOrPattern(String value, String message) {
        try (LuaHooks hooks = load("function subscribe(sub) sub.channels = " + value + " return sub end")) {
            assertThatThrownBy(() -> hooks.subscribe(subscription("a"))).isInstanceOf(HookException.class)
                    .hasMessageEndingWith("hooks.lua:1: " + message);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "sub.channels = {news = true} | tostring(sub.channels.news) | true",
            "sub.channels = {'a', 'a'} | #sub.channels | 2", "sub.channels = nil | sub.channels[1] | default",
            "sub.name = 1 | sub.channels[1] | x", "sub.channels = {} | #sub.channels | 0"})
    void shouldShowLaterHooksTheChannelsAsTheyWereHandedBack(String change, String looking, String seen) {
        try (LuaHooks hooks = load(
                "function subscribe(sub) " + change + " return sub end\nfunction catchup(sub) return {{data = "
                        + looking + "}} end")) {
            assertThat(hooks.catchup(hooks.subscribe(subscription("x")).orElseThrow()))
                    .containsExactly(Message.of(seen));
        }
    }

    @Test
    void shouldShowLaterHooksTheChannelsWithoutPublishAndSubscribe() {
        try (LuaHooks hooks = load(SHOW)) {
            Publication accepted = hooks.publish(publication("a")).orElseThrow();
            Subscription stream = hooks.subscribe(subscription("a", "b")).orElseThrow();
            for (int i = 0; i < 2; i++) {
                assertThat(hooks.message(accepted, stream).data()).contains("a a,b");
            }
        }
    }

    @Test
    void shouldHaveNoChannelsAtTheTopLevel() {
        assertThatThrownBy(() -> load("require 'tinysse'.subscribers()"))
                .hasMessageContaining("hooks.lua:1: this works from startup on, and not at the top level of a script");
    }

    @Test
    void shouldShowTheChannelOfAMessageFromBeforeThereWereChannels() {
        try (LuaHooks hooks = load(SHOW)) {
            Publication kept = hooks.restoreAttributes(publication("a"), "1s7:channels3:own");
            assertThat(hooks.message(kept, subscription("a")).data()).contains("a a");
        }
    }

    @Test
    void shouldHandOnChannelsToTheNextScript() {
        try (LuaHooks old = load("function subscribe(sub) sub.channels = {'b'} return sub end");
                LuaHooks next = load(SHOW)) {
            Subscription stream = old.subscribe(subscription("a")).orElseThrow();
            assertThat(next.message(publication("a"), stream).data()).contains("a b");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"5", "'a b'", "{}"})
    void shouldTakeBothAsAnyKeysWithoutTheFlag(String value) {
        try (LuaHooks hooks = Scripts.load("""
                function publish(pub) pub.was, pub.channel = pub.channel, %1$s return pub end
                function subscribe(sub) sub.was, sub.channels = sub.channels, %1$s return sub end
                function message(pub, sub)
                  pub.msg.data = type(pub.channel) .. type(sub.channels) .. tostring(pub.was or sub.was) return pub end
                """.formatted(value))) {
            Publication accepted = hooks.publish(Scripts.publication("x")).orElseThrow();
            Subscription stream = hooks.subscribe(Scripts.subscription("q")).orElseThrow();
            assertThat(List.of(accepted.channel(), stream.channels()))
                    .isEqualTo(List.of("default", java.util.Set.of("default")));
            assertThat(hooks.message(accepted, stream).data().orElseThrow()).doesNotContain("default").endsWith("nil");
        }
    }

    private static LuaHooks load(String source) {
        return Scripts.load(source, CHANNELS);
    }

    private static Publication publication(String channel) {
        return Scripts.publication("x").withChannel(channel);
    }

    private static Subscription subscription(String... channels) {
        return Scripts.subscription("q").withChannels(List.of(channels));
    }
}
