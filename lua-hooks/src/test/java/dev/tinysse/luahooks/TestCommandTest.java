package dev.tinysse.luahooks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestCommandTest {

    @TempDir
    private Path folder;

    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private final TestCommand command = new TestCommand(
            new PrintStream(said, true, StandardCharsets.UTF_8), new PrintStream(said, true, StandardCharsets.UTF_8));

    @Test
    void shouldCallTheHooksOfAScript() throws IOException {
        Files.writeString(folder.resolve("chat.lua"), """
                seen = 0
                function publish(pub)
                  seen = seen + 1
                  if pub.msg.data == "" then return nil end
                  pub.msg.event = pub.req.query
                  return pub
                end""");
        assertThat(test("""
                local chat = hooks "chat.lua"
                function test_refuses() equal(chat.publish(publication {data = ""}), nil) end
                function test_adds()
                  local pub = chat.publish(publication {data = "x", req = {query = "q"}, mark = 1})
                  equal(pub.msg, {data = "x", event = "q"})
                  equal({pub.mark, pub.req.uri, pub.req.method}, {1, "/sse?q", "POST"})
                end
                function test_default()
                  local sub = subscription {name = "anna"}
                  equal(chat.subscribe(sub), sub)
                  equal({sub.name, sub.req.path}, {"anna", "/sse"})
                end
                function test_globals() assert(chat.seen == 2 and seen == nil) end
                function test_fails() fails(function() error("boom") end, "boom") end
                """)).isZero();
        assertThat(said()).isEqualTo("""
                PASS test_refuses
                PASS test_adds
                PASS test_default
                PASS test_globals
                PASS test_fails
                5 passed, 0 failed
                """);
    }

    @Test
    void shouldShowTestsWhatAScriptPublishes() throws IOException {
        Files.writeString(folder.resolve("clock.lua"), """
                local tinysse = require "tinysse"
                function tick(count) told = tinysse.publish({event = "clock", data = count}, "clocks") end""");
        assertThat(test("""
                local clock, tinysse = hooks "clock.lua", require "tinysse"
                function test_publishes()
                  local now = 1000
                  os.time = function() return now end
                  clock.tick(1)
                  now = 2000
                  clock.tick(2)
                  equal(clock.told, {queued = 0, subscribers = 0, id = "test-2"})
                  equal(tinysse.history("clocks", {last = 1}),
                    {{id = "test-2", event = "clock", data = "2", channel = "clocks", time = 2000000}})
                  equal(#tinysse.history("clocks", {after = "test-1"}), 1)
                  equal(#tinysse.history("clocks", {since = 5000}), 1)
                  equal({#tinysse.history("clocks"), #tinysse.history("other")}, {2, 0})
                  equal({tinysse.subscribers(), tinysse.subscribers "clocks", #tinysse.channels()}, {0, 0, 0})
                  equal(tinysse.disconnect(function() return true end), 0)
                end""")).isZero();
        assertThat(said()).isEqualTo("PASS test_publishes\n1 passed, 0 failed\n");
    }

    @Test
    void shouldShowWhereATestFailed() throws IOException {
        assertThat(test("""
                return {
                  first = function() equal({a = {1}}, {a = {2}}) end,
                  second = function() end,
                  third = function() fails(function() end) end
                }""")).isEqualTo(1);
        assertThat(said()).contains("FAIL first: ",
                "test.lua:2: expected {[\"a\"] = {[1] = 2}}, got {[\"a\"] = {[1] = 1}}\n", "PASS second\n",
                "test.lua:4: expected an error\n", "1 passed, 2 failed\n");
    }

    @Test
    void shouldFailIfTheFileDoes() throws IOException {
        assertThat(test("local x = nil\nx.y = 1")).isEqualTo(1);
        assertThat(said()).contains("test.lua:2: attempt to index a nil value (local 'x')\n", "0 passed, 1 failed\n");
    }

    @Test
    void shouldMoveTheClocksOfThePackagesWithTheTimeOfTheSystem() throws IOException {
        assertThat(
                test("""
                        local tinysse, f = require "tinysse", require "fernet"()
                        function test_system() assert(math.abs(tinysse.now() / 1000 - os.time()) < 10) end
                        function test_moved()
                          local now = 1000.25
                          os.time = function() return now end
                          local token = f:encrypt("x")
                          equal(tinysse.now(), 1000250)
                          now = now + 61
                          equal({f:decrypt(token, 61), f:decrypt(token, 60)}, {"x"})
                          equal(math.type(tinysse.now()), "integer")
                        end
                        function test_wrong() os.time = function() return {} end fails(tinysse.now, "os.time must return a number") end
                        """))
                .as(this::said).isZero();
    }

    @Test
    void shouldFailIfThereIsNoTest() throws IOException {
        assertThat(test("function tset_x() end")).isEqualTo(1);
        assertThat(said()).contains("test.lua: it has no tests, which are functions test_...\n",
                "0 passed, 1 failed\n");
    }

    @Test
    void shouldTellHowToUseIt() {
        assertThat(command.run(List.of("--help"))).isZero();
        assertThat(said()).startsWith("Usage: tinysse test FILE...\n");
    }

    @Test
    void shouldFailIfTheFileIsNotThere() {
        assertThat(command.run(List.of("nothing.lua"))).isEqualTo(1);
        assertThat(said()).contains("FAIL nothing.lua: cannot read script nothing.lua: no such file\n");
    }

    private int test(String source) throws IOException {
        return command.run(List.of(Files.writeString(folder.resolve("test.lua"), source).toString()));
    }

    private String said() {
        return said.toString(StandardCharsets.UTF_8);
    }
}
