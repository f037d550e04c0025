package dev.tinysse.luahooks;

import dev.tinysse.api.ScriptException;
import dev.tinysse.lua.CallLimits;
import dev.tinysse.lua.Session;
import dev.tinysse.lua.function.Closure;
import dev.tinysse.lua.value.ExitRequest;
import dev.tinysse.lua.value.LuaException;
import dev.tinysse.lua.value.Strings;
import dev.tinysse.lua.value.Table;
import dev.tinysse.lua.value.Values;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;

/** Runs the tests in one file, in an engine of their own and in the order of their lines. */
final class ScriptTests {
    private static final CallLimits LIMITS = new CallLimits(Duration.ofSeconds(60), 0);
    private static final String PREFIX = "test_";
    private static final String HELPERS = "testing.lua";

    private final ScriptFile file;
    private final HookErrors errors = new HookErrors(LIMITS);
    private final TestClock clock = new TestClock();
    private final ServerPackages packages = ServerPackages.withoutServer(() -> LIMITS, clock,
            new TestChannels(clock));

    private ScriptTests(ScriptFile file) {
        this.file = file;
    }

    /**
     * How a test went.
     *
     * @param test its name
     * @param failure why it failed, if it did
     */
    record Outcome(String test, Optional<String> failure) {
        static Outcome failed(String test, String failure) {
            return new Outcome(test, Optional.of(failure));
        }
    }

    private record Test(String name, Closure function) {}

    /**
     * Runs all tests of a file.
     *
     * @throws ScriptException if it cannot be read
     */
    static List<Outcome> run(Path path) throws ScriptException {
        ScriptFile file = new ScriptFile(path);
        byte[] source = file.read();
        ScriptTests tests = new ScriptTests(file);
        try (PackagedEngine packaged = PackagedEngine.of(file, tests.packages, ScriptTests::exit)) {
            return packaged.engine().enter(lua -> tests.run(lua, source));
        }
    }

    private static void exit(int status) {
        throw new ExitRequest(status);
    }

    private List<Outcome> run(Session lua, byte[] source) {
        DefaultHooks.define(lua.runtime());
        clock.open(lua.runtime());
        try {
            lua.call(lua.load(helpers(), "=testing"), Strings.of(file.folder()), LIMITS);
            LuaValue returned = Values.first(lua.call(lua.load(source, file.chunkName()), LuaValue.NONE, LIMITS));
            List<Test> tests = returned instanceof Table table
                    ? tests(table, "")
                    : tests(lua.runtime().globals(), PREFIX);
            return tests.stream().map(test -> run(lua, test)).toList();
        } catch (LuaException e) {
            return List.of(Outcome.failed(file.path().toString(), errors.of(lua, e).getMessage()));
        } catch (ExitRequest e) {
            return List.of(Outcome.failed(file.path().toString(), "os.exit was called: status=" + e.status()));
        }
    }

    private static List<Test> tests(Table functions, String prefix) {
        List<Test> tests = new ArrayList<>();
        for (int at = functions.nextPosition(0); at >= 0; at = functions.nextPosition(at + 1)) {
            if (functions.keyAt(at) instanceof LuaString name && functions.valueAt(at) instanceof Closure function
                    && Strings.text(name).startsWith(prefix)) {
                tests.add(new Test(Strings.text(name), function));
            }
        }
        tests.sort(Comparator.comparingInt(test -> test.function().info().lineDefined()));
        return tests;
    }

    private Outcome run(Session lua, Test test) {
        try {
            lua.call(test.function(), LuaValue.NONE, LIMITS);
            return new Outcome(test.name(), Optional.empty());
        } catch (LuaException e) {
            return Outcome.failed(test.name(), errors.of(lua, e).getMessage());
        } catch (ExitRequest e) {
            return Outcome.failed(test.name(), "os.exit was called: status=" + e.status());
        }
    }

    private static byte[] helpers() {
        try (InputStream in = ScriptTests.class.getResourceAsStream(HELPERS)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
