package dev.tinysse.luahooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.tinysse.api.Message;
import dev.tinysse.api.Script;
import dev.tinysse.api.ScriptException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The packages of a script over its lifetime. */
@Timeout(60)
class PackagesOfHooksTest {
    private static final String LONG_QUERY = """
            local db = require "sqlite".open(":memory:")
            function long(rows)
              return db:query("with recursive c(x) as (select 1 union all select x + 1 from c limit ?) select max(x) as n from c",
                {rows or 1e6})[1].n
            end
            """;
    private static final String OPEN = """
            db = require "sqlite".open("%s")
            db:exec "create table if not exists t (n integer)"
            db:exec "begin exclusive"
            """;

    @TempDir
    private Path folder;

    @Test
    void shouldGiveQueriesTheTimeOfTheStartWhileTheScriptStarts() throws ScriptException {
        try (LuaHooks hooks = load(
                LONG_QUERY + "long() function startup() long() end function tick() long(1e12) end")) {
            assertThatCode(hooks::startup).doesNotThrowAnyException();
            assertThatThrownBy(() -> hooks.tick(1)).hasMessageContaining("hooks.lua:3: time limit exceeded");
        }
    }

    @Test
    void shouldCloseDatabasesWithTheHooks() {
        String script = OPEN.formatted(folder.resolve("x.db"));
        Scripts.load(script).close();
        Scripts.load(script).close();
    }

    @Test
    void shouldCloseDatabasesOfAScriptThatDoesNotLoad() {
        String script = OPEN.formatted(folder.resolve("x.db"));
        assertThatThrownBy(() -> Scripts.load(script + "error 'no'")).hasMessageContaining("no");
        Scripts.load(script).close();
    }

    @Test
    void shouldEndTheThreadsOfConnectionsWithTheHooks() {
        List<Thread> before = clientThreads();
        LuaHooks hooks = Scripts.load("""
                local http = require "http"
                agent = http.agent()
                function publish(pub)
                  pcall(http.get, "http://127.0.0.1:1/")
                  pcall(agent.get, agent, "http://127.0.0.1:1/")
                  return pub
                end""");
        Scripts.published(hooks, Message.of("x"));
        assertThat(clientThreads()).hasSizeGreaterThan(before.size());
        hooks.close();
        await().untilAsserted(() -> assertThat(clientThreads()).isSubsetOf(before));
    }

    private static LuaHooks load(String source) throws ScriptException {
        Script usual = Scripts.script(Scripts.write(source));
        return ScriptLoader.load(new Script(usual.file(), usual.data(), usual.unsafe(), Duration.ofMillis(1),
                Duration.ofSeconds(60), usual.memory()), Scripts.CONTEXT);
    }

    private static List<Thread> clientThreads() {
        return Thread.getAllStackTraces().keySet().stream().filter(thread -> thread.getName().startsWith("HttpClient-"))
                .toList();
    }
}
