package dev.tinysse.luahooks;

import dev.tinysse.api.HookContext;
import dev.tinysse.api.Message;
import dev.tinysse.api.Publication;
import dev.tinysse.api.Request;
import dev.tinysse.api.Script;
import dev.tinysse.api.ScriptException;
import dev.tinysse.api.Subscription;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** The fixtures of tests of hooks: loaded scripts, requests, and their results. */
final class Scripts {
    static final HookContext CONTEXT = context(Map.of(), () -> {});
    static final Duration TIMEOUT = Duration.ofMillis(300);
    private static final long MEMORY = 64 << 20;

    private Scripts() {}

    /** Loads a script of the file name {@code hooks.lua}. */
    static LuaHooks load(String source) {
        return load(source, CONTEXT);
    }

    static LuaHooks load(String source, HookContext context) {
        return load(script(write(source)), context);
    }

    static LuaHooks load(String source, long memory) {
        return load(new Script(Optional.of(write(source)), Optional.empty(), false, TIMEOUT, TIMEOUT, memory), CONTEXT);
    }

    private static LuaHooks load(Script script, HookContext context) {
        try {
            return ScriptLoader.load(script, context);
        } catch (ScriptException e) {
            throw new IllegalArgumentException(e);
        }
    }

    static Script script(Path file) {
        return new Script(Optional.of(file), Optional.empty(), false, TIMEOUT, TIMEOUT, MEMORY);
    }

    static Path write(String source) {
        try {
            Path file = Files.createTempDirectory("tinysse").resolve("hooks.lua");
            file.toFile().deleteOnExit();
            file.getParent().toFile().deleteOnExit();
            return Files.writeString(file, source);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static HookContext context(Map<String, Object> options, Runnable aboutToWait) {
        return new HookContext() {
            @Override
            public Map<String, Object> options() {
                return options;
            }

            @Override
            public String server() {
                return "tinysse/0";
            }

            @Override
            public void aboutToWait() {
                aboutToWait.run();
            }
        };
    }

    static Request request(String query) {
        return new Request("GET", "/sse?" + query, "/sse", query, "127.0.0.1", 4000,
                Map.of("host", "localhost", "x-name", "Ä"));
    }

    static Publication publication(String data) {
        return publication(Message.of(data));
    }

    static Publication publication(Message message) {
        return Publication.of(request(""), message);
    }

    static Subscription subscription(String query) {
        return Subscription.of(request(query));
    }

    /** The message that {@code publish} lets through. */
    static Message published(LuaHooks hooks, Message message) {
        return hooks.publish(publication(message)).orElseThrow().message();
    }

    /** The data that the {@code message} hook makes of a message for a stream that was accepted. */
    static String delivered(LuaHooks hooks, String data, String query) {
        return hooks.message(hooks.publish(publication(data)).orElseThrow(),
                hooks.subscribe(subscription(query)).orElseThrow()).data().orElseThrow();
    }
}
