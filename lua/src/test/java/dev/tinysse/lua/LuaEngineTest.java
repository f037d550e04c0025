package dev.tinysse.lua;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tinysse.lua.coroutine.Coroutine;
import dev.tinysse.lua.function.LibraryTable;
import dev.tinysse.lua.value.Invocable;
import dev.tinysse.lua.value.LuaException;
import dev.tinysse.lua.value.LuaInteger;
import dev.tinysse.lua.value.Table;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.luaj.vm2.LuaValue;

@Timeout(value = 10, unit = TimeUnit.MINUTES)
class LuaEngineTest {

    private final EngineFixture lua = new EngineFixture();
    private final CountDownLatch gate = new CountDownLatch(1);

    @AfterEach
    void close() {
        lua.close();
    }

    /** A global {@code wait()} that lets go of the lock until the gate is open. */
    private void defineWait() {
        lua.engine.with(runtime -> LibraryTable.into(runtime, runtime.globals()).add("wait", args -> {
            try {
                Coroutine.block(runtime, () -> gate.await(30, TimeUnit.SECONDS));
                return LuaValue.NONE;
            } catch (Exception interrupted) {
                throw args.failure("interrupted");
            }
        }));
    }

    private static void onVirtualThreads(int count, Consumer<Integer> work) throws InterruptedException {
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int number = i;
            threads.add(Thread.ofVirtual().start(() -> work.accept(number)));
        }
        for (Thread thread : threads) {
            thread.join();
        }
    }

    @Test
    void shouldRunOtherCallsWhileOneWaits() throws InterruptedException {
        defineWait();
        lua.run("function slow(n) wait() return n end function open(n) return n end");
        onVirtualThreads(100, n -> {
            if (n == 99) {
                assertThat(lua.call("open", LuaInteger.of(n))).isEqualTo("99");
                gate.countDown();
            } else {
                assertThat(lua.call("slow", LuaInteger.of(n))).isEqualTo(Integer.toString(n));
            }
        });
    }

    @Test
    void shouldWaitInsideCoroutinesInsideCoroutines() throws InterruptedException {
        defineWait();
        lua.run("""
                function nested(n)
                  local outer = coroutine.wrap(function()
                    local inner = coroutine.wrap(function() wait() coroutine.yield(n) wait() return n + 1 end)
                    return inner() + inner()
                  end)
                  return outer()
                end""");
        AtomicInteger right = new AtomicInteger();
        gate.countDown();
        onVirtualThreads(50, n -> {
            if (lua.call("nested", LuaInteger.of(n)).equals(Integer.toString(2 * n + 1))) {
                right.incrementAndGet();
            }
        });
        assertThat(right).hasValue(50);
    }

    @Test
    void shouldResumeACoroutineFromManyThreads() throws InterruptedException {
        lua.run("local n = 0 step = coroutine.wrap(function() while true do n = n + 1 coroutine.yield(n) end end)");
        onVirtualThreads(500, _ -> lua.call("step", LuaValue.NIL));
        assertThat(lua.call("step", LuaValue.NIL)).isEqualTo("501");
    }

    @Test
    void shouldTellTheListenerBeforeItWaits() {
        defineWait();
        gate.countDown();
        AtomicInteger told = new AtomicInteger();
        lua.engine.enter(told::incrementAndGet,
                session -> session.call(EngineFixture.chunk(session, "wait() wait()"), LuaValue.NONE, CallLimits.NONE));
        assertThat(told).hasValue(2);
    }

    @Test
    void shouldEndACallAtItsDeadlineAndServeTheNext() {
        CallLimits limits = new CallLimits(Duration.ofMillis(50), 0);
        assertThatThrownBy(() -> lua.engine.enter(session -> session
                .call(EngineFixture.chunk(session, "while true do pcall(function() while true do end end) end"),
                        LuaValue.NONE, limits)))
                .isInstanceOf(LuaException.class).hasMessageEndingWith("time limit exceeded");
        assertThat(lua.run("return 1")).isEqualTo("1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"while true do\nend", "repeat\nuntil false", "for i = 1, math.huge do\nend",
            "for i = 1.0, math.huge do\nend",
            "for k in next, setmetatable({}, {}) do end goto again ::again:: while 1 do\nend"})
    void shouldNameTheLineOfTheLoopThatTheDeadlineEnds(String loop) {
        CallLimits limits = new CallLimits(Duration.ofMillis(200), 0);
        // the first call compiles the function, which could take all the time of the second
        lua.run("function f(go)\nif not go then return end\n\n" + loop + "\nend\nf()");
        assertThatThrownBy(() -> lua.engine.enter(
                session -> session.call((Invocable) session.global("f"), LuaValue.TRUE, limits)))
                .isInstanceOf(LuaException.class).hasMessage("test.lua:4: time limit exceeded");
    }

    @Test
    void shouldNotCountTheTimeOfWaiting() {
        CallLimits limits = new CallLimits(Duration.ofSeconds(20), 0);
        defineWait();
        gate.countDown();
        assertThat(lua.engine.<String>enter(session -> EngineFixture.text(session,
                session.call(EngineFixture.chunk(session, "wait() return 'done'"), LuaValue.NONE, limits))))
                .isEqualTo("done");
    }

    @ParameterizedTest
    @ValueSource(strings = {"load(function() return ' ' end)", "pcall(function() while true do end end)",
            "xpcall(error, function() while true do end end)"})
    void shouldEndACallThatHasCaughtTheErrorOfItsDeadlineAndReturns(String last) {
        CallLimits limits = new CallLimits(Duration.ofMillis(50), 0);
        assertThatThrownBy(() -> lua.engine.enter(
                session -> session.call(EngineFixture.chunk(session, last + " return 1"), LuaValue.NONE, limits)))
                .isInstanceOf(LuaException.class).hasMessageEndingWith("time limit exceeded");
    }

    @Test
    void shouldEndACallThatWaitsAgainAndAgain() {
        CallLimits limits = new CallLimits(Duration.ofMillis(50), 0);
        defineWait();
        gate.countDown();
        assertThatThrownBy(() -> lua.engine.enter(session -> session
                .call(EngineFixture.chunk(session, "while true do wait() end"), LuaValue.NONE, limits)))
                .isInstanceOf(LuaException.class).hasMessageEndingWith("time limit exceeded");
    }

    @Test
    void shouldEndACallThatMakesOthersWithinIt() {
        CallLimits limits = new CallLimits(Duration.ofMillis(50), 0);
        CallLimits more = new CallLimits(Duration.ofMinutes(1), 0);
        assertThatThrownBy(() -> lua.engine.enter(session -> {
            LibraryTable.into(session.runtime(), session.runtime().globals()).add("nested",
                    _ -> session.call(EngineFixture.chunk(session, "for i = 1, 1000 do end"), LuaValue.NONE, more));
            return session.call(EngineFixture.chunk(session, "while true do nested() end"), LuaValue.NONE, limits);
        })).isInstanceOf(LuaException.class).hasMessageEndingWith("time limit exceeded");
    }

    @Test
    void shouldGiveEachOfManyShortCallsItsOwnTime() {
        CallLimits limits = new CallLimits(Duration.ofSeconds(1), 0);
        lua.run("function f() for i = 1, 100000 do end end");
        assertThatCode(() -> lua.engine.enter(session -> {
            Invocable f = (Invocable) session.global("f");
            for (long start = System.nanoTime(); System.nanoTime() - start < 2_000_000_000;) {
                session.call(f, LuaValue.NONE, limits);
            }
            return null;
        })).doesNotThrowAnyException();
    }

    @Test
    void shouldGiveTheErrorATraceback() {
        assertThatThrownBy(() -> lua.run("local function f() error('no') end\nf()"))
                .isInstanceOfSatisfying(LuaException.class, error -> assertThat(error.traceback())
                        .contains("test.lua:1: in upvalue 'f'".replace("upvalue", "local"),
                                "test.lua:2: in main chunk"));
    }

    @Test
    void shouldPassErrorValuesOfAnyType() {
        assertThatThrownBy(() -> lua.run("error({code = 7})")).isInstanceOfSatisfying(LuaException.class,
                error -> assertThat(((Table) error.value()).rawget("code")).isEqualTo(LuaInteger.of(7)));
    }

    @Test
    void shouldForgetAbandonedCoroutines() {
        int threads = Thread.activeCount();
        lua.run("for i = 1, 100000 do local co co = coroutine.wrap(function() coroutine.yield(co) end) co() end");
        assertThat(Thread.activeCount()).isLessThanOrEqualTo(threads);
        assertThat(lua.run("return 'alive'")).isEqualTo("alive");
    }

    @Test
    void shouldFillALazyTableOnlyWhenItIsLookedAt() {
        AtomicInteger filled = new AtomicInteger();
        lua.run("function pass(t) return t end function look(t) return t.name, #t end");
        lua.engine.enter(session -> {
            Table table = Table.lazy(null, fresh -> {
                filled.incrementAndGet();
                fresh.rawset("name", LuaInteger.of(5));
            });
            session.call((Invocable) session.global("pass"), table, CallLimits.NONE);
            assertThat(table.isUntouched()).isTrue();
            assertThat(EngineFixture.text(session,
                    session.call((Invocable) session.global("look"), table, CallLimits.NONE)))
                    .isEqualTo("5 0");
            assertThat(table.isUntouched()).isFalse();
            return null;
        });
        assertThat(filled).hasValue(1);
    }
}
