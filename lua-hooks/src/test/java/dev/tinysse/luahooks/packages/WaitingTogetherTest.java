package dev.tinysse.luahooks.packages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tinysse.lua.CallLimits;
import dev.tinysse.luahooks.packages.TestScripts.RunningScript;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Calls that wait in all ways at once. */
@Timeout(120)
class WaitingTogetherTest {

    private static final int CALLS = 1000;

    @Test
    void shouldBringAThousandCallsToTheirEnds() {
        bringAThousandCallsToTheirEnds();
    }

    @Test
    void shouldLeaveNoThreadsBehind() {
        List<Thread> before = threads();
        bringAThousandCallsToTheirEnds();
        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
            System.gc();
            assertThat(threads()).isSubsetOf(before);
        });
    }

    private static void bringAThousandCallsToTheirEnds() {
        try (HttpPeer peer = new HttpPeer();
                TestScripts scripts = new TestScripts(new SleepPackage(), new MutexPackage(),
                        new SqlitePackage(() -> CallLimits.NONE), new HttpPackage("tinysse/0.1.0", 0))) {
            scripts.run("""
                    sleep, lock, http = require 'sleep', require 'mutex'(), require 'http'
                    db = require 'sqlite'.open(':memory:')
                    db:exec 'create table t (n integer)'
                    count = 0""");
            String call = """
                    sleep(%1$d %% 7)
                    coroutine.wrap(function()
                      db:exec('insert into t values (?)', {%1$d})
                      lock(function() local before = count sleep(0) count = before + 1 end)
                    end)()
                    return http.get('%2$s/status/200').status""";
            List<RunningScript> calls = IntStream.range(0, CALLS)
                    .mapToObj(i -> scripts.start(call.formatted(i, peer.url()))).toList();
            assertThat(calls).extracting(RunningScript::results).containsOnly("200");
            assertThat(scripts.run("return count, db:query('select count(distinct n) as n from t')[1].n"))
                    .isEqualTo(CALLS + " " + CALLS);
        }
    }

    private static List<Thread> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("sqlite-") || thread.getName().startsWith("HttpClient-"))
                .toList();
    }
}
