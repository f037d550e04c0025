package dev.tinysse.luahooks.packages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tinysse.lua.value.LuaException;
import dev.tinysse.luahooks.packages.TestScripts.RunningScript;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class TinyssePackageTest {
    private final FakeServer server = new FakeServer();
    private final TestScripts scripts = new TestScripts(new TinyssePackage("1.2.3", _ -> 1_764_103_000_123L, server),
            new JsonPackage());

    @AfterEach
    void close() {
        scripts.close();
    }

    private String run(String script) {
        return scripts.run("local tinysse = require 'tinysse' " + script);
    }

    @Test
    void shouldTellTheTimeInMilliseconds() {
        assertThat(run("local now = tinysse.now() return now, math.type(now)")).isEqualTo("1764103000123 integer");
    }

    @Test
    void shouldTellTheVersionOfTheServer() {
        assertThat(run("return tinysse.version")).isEqualTo("1.2.3");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "{data = 'x'} | default Message[id=null, event=null, data=x, comments=[]]",
            "{data = 'x'}, nil | default Message[id=null, event=null, data=x, comments=[]]",
            "{id = 1, event = 2.5, data = '', comment = {'a', 7}}, 'news' | news Message[id=1, event=2.5, data=, comments=[a, 7]]",
            "{data = 'x', id = require 'json'.null, other = {}}, 42 | 42 Message[id=null, event=null, data=x, comments=[]]"})
    void shouldPublish(String arguments, String published) {
        run("tinysse.publish(" + arguments + ")");
        assertThat(server.lastCall()).contains(published);
    }

    @Test
    void shouldTellWhatBecameOfAMessage() {
        assertThat(run("local r = tinysse.publish({id = 'i', data = 'x'}) return r.queued, r.subscribers, r.id"))
                .isEqualTo("2 3 i");
        assertThat(run("return tinysse.publish({data = 'x'}).id")).isEqualTo("nil");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "publish() | bad argument #1 to `Tinysse.publish`: error converting Lua nil to table",
            "publish('x') | bad argument #1 to `Tinysse.publish`: error converting Lua string to table",
            "publish({}) | bad argument #1 to `Tinysse.publish`: a message must have id, event, data or comment",
            "publish({comment = {}}) | bad argument #1 to `Tinysse.publish`: a message must have id, event, data or comment",
            "publish({id = 'a\\nb', data = 'x'}) | bad argument #1 to `Tinysse.publish`: id must not contain a line break or NUL: found U+000A at index 1",
            "publish({data = {}}) | bad argument #1 to `Tinysse.publish`: data is invalid: error converting Lua table to String (expected string or number)",
            "publish({event = true, data = 1}) | bad argument #1 to `Tinysse.publish`: event is invalid: error converting Lua boolean to String (expected string or number)",
            "publish({comment = 'c'}) | bad argument #1 to `Tinysse.publish`: comment is invalid: error converting Lua string to table",
            "publish({comment = {{}}}) | bad argument #1 to `Tinysse.publish`: comment is invalid: error converting Lua table to String (expected string or number)",
            "publish({data = '\\255'}) | bad argument #1 to `Tinysse.publish`: data is invalid: error converting Lua string to String (invalid utf-8 sequence of 1 bytes from index 0)",
            "publish({data = 'x'}, 'a b') | bad argument #2 to `Tinysse.publish`: error converting Lua string to channel (expected a name: \"a b\")",
            "publish({data = 'x'}, 'a.*') | bad argument #2 to `Tinysse.publish`: error converting Lua string to channel (expected a name: \"a.*\")",
            "publish({data = 'x'}, {}) | bad argument #2 to `Tinysse.publish`: error converting Lua table to String (expected string or number)",
            "publish({data = 'x'}, 'full') | history is full",
            "subscribers('*') | bad argument #1 to `Tinysse.subscribers`: error converting Lua string to channel (expected a name: \"*\")",
            "channels({}) | bad argument #1 to `Tinysse.channels`: error converting Lua table to String (expected string or number)",
            "history() | bad argument #1 to `Tinysse.history`: error converting Lua nil to String (expected string or number)",
            "history('a', 5) | bad argument #2 to `Tinysse.history`: error converting Lua integer to table",
            "history('a', {last = 0}) | bad argument #2 to `Tinysse.history`: last must be 1 to 1000: last=0",
            "history('a', {last = 1001}) | bad argument #2 to `Tinysse.history`: last must be 1 to 1000: last=1001",
            "history('a', {last = {}}) | bad argument #2 to `Tinysse.history`: last is invalid: error converting Lua table to u64 (expected number or string coercible to number)",
            "history('a', {since = -5}) | bad argument #2 to `Tinysse.history`: since is invalid: error converting Lua integer to u64 (out of range)",
            "history('a', {after = true}) | bad argument #2 to `Tinysse.history`: after is invalid: error converting Lua boolean to String (expected string or number)",
            "disconnect() | bad argument #1 to `Tinysse.disconnect`: error converting Lua nil to function",
            "disconnect(function(sub) error('no ' .. sub.name) end) | test:1: no anna"})
    void shouldFail(String call, String message) {
        assertThat(run("local ok, e = pcall(function() return tinysse." + call + " end) return ok, e"))
                .isEqualTo("false " + message);
        assertThat(server.streams).hasSize(3);
    }

    @Test
    void shouldCountStreams() {
        assertThat(run("return tinysse.subscribers(), tinysse.subscribers('news'), tinysse.subscribers(nil)"))
                .isEqualTo("3 4 3");
    }

    @Test
    void shouldListChannels() {
        assertThat(run("local c = tinysse.channels('x.') return #c, c[1].name, c[1].subscribers, c[2].name"))
                .isEqualTo("2 x.a 1 b");
        assertThat(run("return tinysse.channels()[1].name")).isEqualTo("a");
        assertThat(run("return require 'json'.encode(tinysse.channels('none'))")).isEqualTo("[]");
    }

    @Test
    void shouldReadHistory() {
        assertThat(
                run("""
                        local h = tinysse.history("news")
                        return #h, h[1].id, h[1].event, h[1].data, h[1].comment[1], h[1].channel, h[1].time, h[2].id, h[2].comment"""))
                .isEqualTo("2 1 e d c news 5 nil nil");
        assertThat(run("return require 'json'.encode(tinysse.history('none'))")).isEqualTo("[]");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "'a' | after=Optional.empty, sinceMillis=Optional.empty, last=100",
            "'a', {} | after=Optional.empty, sinceMillis=Optional.empty, last=100",
            "'a', {after = 7, since = 1500.9, last = '1000'} | after=Optional[7], sinceMillis=Optional[1500], last=1000"})
    void shouldAskForAPartOfHistory(String arguments, String query) {
        run("tinysse.history(" + arguments + ")");
        assertThat(server.lastCall()).contains("a HistoryQuery[" + query + "]");
    }

    @Test
    void shouldDisconnectTheStreamsThatAScriptChooses() {
        assertThat(run("return tinysse.disconnect(function(sub) return sub.name ~= 'bob' end)")).isEqualTo("2");
        assertThat(server.streams).singleElement()
                .satisfies(stream -> assertThat(stream.request().query()).isEqualTo("bob"));
        assertThat(run("return tinysse.disconnect(function() end)")).isEqualTo("0");
    }

    @Test
    void shouldLetOthersRunWhileItPublishes() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch released = new CountDownLatch(1);
        server.publishing = () -> {
            begun.countDown();
            awaitUninterruptibly(released);
        };
        RunningScript publishing = scripts.start("""
                return coroutine.wrap(function() return require 'tinysse'.publish({data = "x"}).queued end)()""");
        begun.await();
        assertThat(run("return 'meanwhile'")).isEqualTo("meanwhile");
        released.countDown();
        assertThat(publishing.results()).isEqualTo("2");
    }

    @Test
    void shouldSayThatThereIsNoServer() {
        try (TestScripts alone = new TestScripts(new TinyssePackage("1", _ -> 0, ServerAccess.NONE))) {
            assertThatThrownBy(() -> alone.run("require 'tinysse'.publish({data = 'x'})"))
                    .isInstanceOf(LuaException.class)
                    .hasMessage("there is no server");
        }
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
