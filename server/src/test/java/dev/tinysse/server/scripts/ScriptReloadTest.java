package dev.tinysse.server.scripts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tinysse.api.Hook;
import dev.tinysse.api.HookContext;
import dev.tinysse.api.HookProvider;
import dev.tinysse.api.Hooks;
import dev.tinysse.api.Script;
import dev.tinysse.api.ScriptException;
import dev.tinysse.broker.hooks.HookCalls;
import dev.tinysse.server.RunningServer;
import dev.tinysse.server.component.Deadline;
import dev.tinysse.server.component.StartException;
import dev.tinysse.server.plugins.Providers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScriptReloadTest {
    private Supplier<Set<Hook>> next = () -> Set.of(Hook.TICK);
    private Runnable whileLoading = () -> {};
    @TempDir
    private Path folder;

    private Path file;
    private Scripts scripts;
    private HookCalls calls;
    private ScriptReload reload;

    /** A language whose scripts define what the test says, or fail as they are loaded or asked. */
    private final class Language implements HookProvider {
        @Override
        public int apiVersion() {
            return API_VERSION;
        }

        @Override
        public String name() {
            return "language";
        }

        @Override
        public Hooks load(Script script, HookContext context) throws ScriptException {
            whileLoading.run();
            if (next == null) {
                throw new ScriptException("malformed");
            }
            return new Hooks() {
                @Override
                public Set<Hook> defined() {
                    return next.get();
                }
            };
        }
    }

    @BeforeEach
    void load() throws StartException {
        file = folder.resolve("script");
        write("a script");
        scripts = new Scripts(RunningServer.settings("--script-provider=language"),
                Providers.of(List.of(new Language())));
        calls = new HookCalls(scripts.load());
        reload = new ScriptReload(scripts, file, false, calls);
        reload.start();
    }

    private void write(String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void shouldTurnToTheNewHooks() {
        next = () -> Set.of(Hook.PUBLISH);
        reload.reload();
        assertThat(calls.has(Hook.PUBLISH)).isTrue();
        assertThat(calls.has(Hook.TICK)).isFalse();
    }

    @Test
    void shouldDoNothingOnceClosed() {
        next = () -> Set.of(Hook.PUBLISH);
        reload.stop(Deadline.in(Duration.ZERO));
        reload.reload();
        assertThat(calls.has(Hook.TICK)).isTrue();
    }

    @Test
    void shouldKeepTheOldHooksWhenTheScriptDoesNotLoad() {
        next = null;
        reload.reload();
        assertThat(calls.has(Hook.TICK)).isTrue();
    }

    @Test
    void shouldLoadAChangedFileWhenItHasBeenLeftAlone() {
        next = () -> Set.of(Hook.PUBLISH);
        write("a changed script");
        reload.look();
        assertThat(calls.has(Hook.TICK)).isTrue();
        reload.look();
        assertThat(calls.has(Hook.PUBLISH)).isTrue();
    }

    @Test
    void shouldNotLoadAFileThatChangesAgainWhileItIsLoaded() {
        next = () -> Set.of(Hook.PUBLISH);
        whileLoading = () -> write("still being written");
        write("a changed script");
        reload.look();
        reload.look();
        assertThat(calls.has(Hook.TICK)).isTrue();
    }

    @Test
    void shouldNotReadAgainWhatIsNoFile() {
        next = () -> Set.of();
        new ScriptReload(scripts, Path.of("/dev/stdin"), false, calls).reload();
        assertThat(calls.has(Hook.TICK)).isTrue();
    }

    @Test
    void shouldKeepTheOldHooksWhenThereIsNoMemoryForTheNewOnes() {
        next = () -> {
            throw new OutOfMemoryError("as the test wants it");
        };
        reload.reload();
        assertThat(calls.has(Hook.TICK)).isTrue();
    }

    @Test
    void shouldKeepTheOldHooksWhenTheNewOnesDoNotSayWhichTheyAre() {
        next = () -> {
            throw new IllegalStateException("as the test wants it");
        };
        reload.reload();
        assertThat(calls.has(Hook.TICK)).isTrue();
    }
}
