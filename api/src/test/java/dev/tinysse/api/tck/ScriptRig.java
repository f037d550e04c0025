package dev.tinysse.api.tck;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tinysse.api.Channels;
import dev.tinysse.api.HookContext;
import dev.tinysse.api.HookProvider;
import dev.tinysse.api.Hooks;
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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The fixtures of the contract's tests: loaded scripts, and the objects that a server would pass to them. */
final class ScriptRig {
    /** Beyond this, a call that has not returned never will. */
    static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final Duration STARTUP_TIMEOUT = Duration.ofSeconds(20);
    /** The running time of calls that end: on a busy machine the first call of an interpreter takes more than a second. */
    private static final Duration TIMEOUT = PATIENCE;
    /** The running time of calls that never end. */
    private static final Duration SHORT_TIMEOUT = Duration.ofSeconds(1);
    private static final long MEMORY = 32 << 20;

    /** Where scripts come from. */
    interface Sources {
        Optional<String> source(Behaviour behaviour, String extension) throws IOException;
    }

    private final HookProvider provider;
    private final Sources sources;
    private final Path folder;
    private final List<Hooks> loaded = new ArrayList<>();

    ScriptRig(HookProvider provider, Sources sources, Path folder) {
        this.provider = provider;
        this.sources = sources;
        this.folder = folder;
    }

    HookProvider provider() {
        return provider;
    }

    /** The hooks of a script; the test is skipped if there is none and none is needed. */
    Hooks load(Behaviour behaviour) {
        return load(behaviour, () -> {});
    }

    /** The same; {@code aboutToWait} is what a hook calls before it waits. */
    Hooks load(Behaviour behaviour, Runnable aboutToWait) {
        return load(behaviour, new Server(aboutToWait, false, new SmallServer()), TIMEOUT);
    }

    /** The same, in a server that knows channels. */
    Hooks loadWithChannels(Behaviour behaviour, Channels channels) {
        return load(behaviour, new Server(() -> {}, true, channels), TIMEOUT);
    }

    /** The same, with calls that may run for a second. */
    Hooks loadLimited(Behaviour behaviour) {
        return load(behaviour, new Server(() -> {}, false, new SmallServer()), SHORT_TIMEOUT);
    }

    private Hooks load(Behaviour behaviour, HookContext context, Duration timeout) {
        try {
            return load(write(behaviour), context, timeout);
        } catch (ScriptException e) {
            return fail(behaviour + " does not load: " + e.getMessage(), e);
        }
    }

    Hooks load(Path file) throws ScriptException {
        return load(file, new Server(() -> {}, false, new SmallServer()), TIMEOUT);
    }

    private Hooks load(Path file, HookContext context, Duration timeout) throws ScriptException {
        Script script = new Script(Optional.of(file), Optional.empty(), false, timeout, STARTUP_TIMEOUT, MEMORY);
        Hooks hooks = provider.load(script, context);
        loaded.add(hooks);
        return hooks;
    }

    /** Writes a script to a file of its own. */
    Path write(Behaviour behaviour) {
        try {
            for (String extension : provider.extensions()) {
                Optional<String> source = sources.source(behaviour, extension);
                if (source.isPresent()) {
                    return Files.writeString(file(behaviour.fileName() + "." + extension), source.get());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        assumeTrue(!behaviour.isOptional(), "no script for " + behaviour);
        return fail("there is no script for " + behaviour + ": expected contract/" + behaviour.fileName() + "."
                + String.join("|", provider.extensions()) + " in the test resources");
    }

    /** A file that may be there or not. */
    Path file(String name) {
        return folder.resolve(name);
    }

    /** Makes a call as the server would, on a virtual thread of its own. It is left behind if it never returns. */
    static <T> Future<T> start(Callable<T> call) {
        FutureTask<T> task = new FutureTask<>(call);
        Thread.startVirtualThread(task);
        return task;
    }

    /** The result of a call that returns in time. */
    static <T> T ended(Future<T> call) throws Exception {
        try {
            return call.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Exception cause) {
                throw cause;
            }
            throw e;
        } catch (TimeoutException e) {
            throw new AssertionError("the call has not returned within " + PATIENCE, e);
        }
    }

    /** Closes all hooks that were loaded. */
    void close() throws Exception {
        for (Hooks hooks : loaded) {
            ended(start(() -> {
                hooks.close();
                return null;
            }));
        }
    }

    static Request request(String query) {
        return new Request("POST", "/sse?" + query, "/sse", query, "127.0.0.1", 4000,
                Map.of("host", "localhost", "x-name", "Ä"));
    }

    static Publication publication(Message message) {
        return Publication.of(request("a=1%20b"), message);
    }

    static Publication publication(String data) {
        return publication(Message.of(data));
    }

    static Subscription subscription(String query) {
        return Subscription.of(request(query));
    }

    /** The result of {@code publish} for an accepted message. */
    static Message published(Hooks hooks, Message message) {
        return hooks.publish(publication(message)).orElseThrow().message();
    }

    static String publishedData(Hooks hooks, String data) {
        return published(hooks, Message.of(data)).data().orElseThrow();
    }

    private record Server(Runnable waiting, boolean hasChannels, Channels channels) implements HookContext {
        @Override
        public Map<String, Object> options() {
            Map<String, Object> options = new HashMap<>(
                    Map.of("capacity", 256L, "listen", "127.0.0.1:1983", "unsafe_script", false));
            if (hasChannels) {
                options.put("channels", true);
            }
            return Map.copyOf(options);
        }

        @Override
        public String server() {
            return "tinysse/contract";
        }

        @Override
        public void aboutToWait() {
            waiting.run();
        }
    }
}
