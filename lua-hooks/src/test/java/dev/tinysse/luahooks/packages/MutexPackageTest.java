package dev.tinysse.luahooks.packages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.tinysse.luahooks.packages.TestScripts.RunningScript;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class MutexPackageTest {

    private static final String IN_USE = "error borrowing userdata";

    private final TestScripts scripts = new TestScripts(new SleepPackage(), new MutexPackage());

    @BeforeEach
    void makeLock() {
        scripts.run("sleep = require 'sleep'; lock = require 'mutex'(); order = ''");
    }

    @AfterEach
    void close() {
        scripts.close();
    }

    @Test
    void shouldReturnAllResults() {
        assertThat(scripts.run("return lock(function(...) return select('#', ...), nil, 'last' end, 1, 2)"))
                .isEqualTo("0 nil last");
    }

    @Test
    void shouldPassOnTheErrorAsItWasAndBeFreeAfterwards() {
        assertThat(scripts.run("""
                local thrown = {}
                local _, caught = pcall(lock, function() sleep(1) error(thrown) end)
                return rawequal(caught, thrown), lock(function() return 'free' end)""")).isEqualTo("true free");
    }

    @Test
    void shouldRefuseWhatIsNoFunction() {
        assertThatThrownBy(() -> scripts.run("lock(setmetatable({}, {__call = print}))"))
                .hasMessage("bad argument #2 to `InnerMutex.__call`: error converting Lua table to function");
    }

    @Test
    void shouldRefuseItselfInsideOfItself() {
        assertThatThrownBy(() -> scripts.run("lock(function() lock(print) end)")).hasMessageContaining(IN_USE);
        assertThat(scripts.run("return lock(function() return 'free' end)")).isEqualTo("free");
    }

    @Test
    void shouldRefuseItselfInACoroutineInsideOfItself() {
        assertThatThrownBy(() -> scripts.run("lock(function() coroutine.wrap(function() lock(print) end)() end)"))
                .hasMessageContaining(IN_USE);
    }

    @Test
    void shouldAllowAnotherLockInside() {
        assertThat(scripts.run("""
                local other = require 'mutex'()
                return lock(function() return other(function() return 'both' end) end)""")).isEqualTo("both");
    }

    @Test
    void shouldRunCallsOneAfterAnotherInTheOrderTheyCame() {
        RunningScript first = scripts.start("lock(function() held = true; while held do sleep(1) end end)");
        await().until(() -> scripts.run("return held").equals("true"));
        List<RunningScript> others = IntStream.range(0, 20).mapToObj(i -> {
            RunningScript call = scripts.start("asked = " + i + "; lock(function() "
                    + "local before = order; sleep(1); order = before .. ' ' .. " + i + " end)");
            await().until(() -> scripts.run("return asked").equals("" + i));
            return call;
        }).toList();
        scripts.run("held = false");
        first.results();
        others.forEach(RunningScript::results);
        assertThat(scripts.run("return order")).isEqualTo(" 0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19");
    }

    @Test
    void shouldGoOnToTheNextWhenOneWhoWaitsGivesUp() {
        RunningScript first = scripts.start("lock(function() held = true; while held do sleep(1) end end)");
        await().until(() -> scripts.run("return held").equals("true"));
        RunningScript second = scripts.start("asked = 2; lock(print)");
        await().until(() -> scripts.run("return asked").equals("2"));
        RunningScript third = scripts.start("asked = 3; return lock(function() return 'third' end)");
        await().until(() -> scripts.run("return asked").equals("3"));
        second.interrupt();
        assertThatThrownBy(second::results).hasMessageContaining("interrupted");
        scripts.run("held = false");
        first.results();
        assertThat(third.results()).isEqualTo("third");
    }

    @Test
    void shouldStayTakenWhileACoroutineThatHoldsItIsSuspended() {
        scripts.run("co = coroutine.wrap(function() lock(coroutine.yield) end); co()");
        RunningScript waiting = scripts.start("asked = true; return lock(function() return 'got it' end)");
        await().until(() -> scripts.run("return asked").equals("true"));
        scripts.run("co()");
        assertThat(waiting.results()).isEqualTo("got it");
    }

    @Test
    void shouldBeFreeWhenACoroutineThatHoldsItIsClosed() {
        assertThat(scripts.run("""
                local co = coroutine.create(function() lock(coroutine.yield) end)
                coroutine.resume(co)
                coroutine.close(co)
                return lock(function() return 'free' end)""")).isEqualTo("free");
    }
}
