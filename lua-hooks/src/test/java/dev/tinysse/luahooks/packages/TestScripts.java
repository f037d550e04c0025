package dev.tinysse.luahooks.packages;

import dev.tinysse.lua.CallLimits;
import dev.tinysse.lua.LuaEngine;
import dev.tinysse.lua.Session;
import dev.tinysse.lua.function.Library;
import dev.tinysse.lua.lib.support.Host;
import dev.tinysse.lua.operation.Text;
import dev.tinysse.lua.value.LuaException;
import dev.tinysse.lua.value.Strings;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** An engine with some packages, and what tests do with scripts in it. */
final class TestScripts implements AutoCloseable {

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final LuaEngine engine = LuaEngine.sandboxed(new Host(InputStream.nullInputStream(), printed,
            OutputStream.nullOutputStream(), _ -> null, "", _ -> {}));

    TestScripts(Library... packages) {
        List.of(packages).forEach(engine::with);
    }

    /** Runs {@code script} as one call; gives its results as text, separated by a space. */
    String run(String script) {
        return run(script, CallLimits.NONE);
    }

    String run(String script, CallLimits limits) {
        return engine.enter(session -> texts(session,
                session.call(session.load(script.getBytes(StandardCharsets.UTF_8), "=test"), LuaValue.NONE, limits)));
    }

    /** The same in a thread of its own; to interrupt the thread, cancel the result. */
    RunningScript start(String script) {
        CompletableFuture<String> result = new CompletableFuture<>();
        Thread thread = Thread.startVirtualThread(() -> {
            try {
                result.complete(run(script));
            } catch (LuaException e) {
                result.completeExceptionally(e);
            }
        });
        return new RunningScript(thread, result);
    }

    /** The output of the scripts. */
    String printed() {
        return printed.toString(StandardCharsets.UTF_8);
    }

    private static String texts(Session session, Varargs values) {
        return IntStream.rangeClosed(1, values.narg())
                .mapToObj(i -> Strings.text(Text.of(session.runtime(), values.arg(i))))
                .collect(Collectors.joining(" "));
    }

    @Override
    public void close() {
        engine.close();
    }

    record RunningScript(Thread thread, CompletableFuture<String> result) {

        /** The script's results, once it has ended. */
        String results() {
            try {
                return result.join();
            } catch (CompletionException e) {
                throw e.getCause() instanceof LuaException error ? error : e;
            }
        }

        void interrupt() {
            thread.interrupt();
        }
    }
}
