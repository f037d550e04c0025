package dev.tinysse.server.scripts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tinysse.api.HookContext;
import dev.tinysse.api.HookProvider;
import dev.tinysse.api.Hooks;
import dev.tinysse.api.Script;
import dev.tinysse.api.ScriptException;
import dev.tinysse.server.RunningServer;
import dev.tinysse.server.component.StartException;
import dev.tinysse.server.plugins.Providers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScriptsTest {
    private final List<Script> loaded = new ArrayList<>();
    private final List<String> providers = new ArrayList<>();
    private final List<HookContext> contexts = new ArrayList<>();
    private final HookProvider lisp = new Language("lisp", Set.of("lisp", "el"));
    private final HookProvider other = new Language("other", Set.of("el"));

    /** A language in which every script is empty, but for one that is wrong. */
    private final class Language implements HookProvider {
        private final String name;
        private final Set<String> extensions;
        private final boolean isDefault;

        Language(String name, Set<String> extensions) {
            this(name, extensions, false);
        }

        Language(String name, Set<String> extensions, boolean isDefault) {
            this.name = name;
            this.extensions = extensions;
            this.isDefault = isDefault;
        }

        @Override
        public int apiVersion() {
            return API_VERSION;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public Set<String> extensions() {
            return extensions;
        }

        @Override
        public boolean isDefault() {
            return isDefault;
        }

        @Override
        public Hooks load(Script script, HookContext context) throws ScriptException {
            if (script.file().filter(file -> file.endsWith("wrong.lisp")).isPresent()) {
                throw new ScriptException("wrong.lisp:1: as the test wants it");
            }
            providers.add(name);
            loaded.add(script);
            contexts.add(context);
            return new Hooks() {
            };
        }
    }

    private void load(List<HookProvider> providers, String... flags) throws StartException {
        new Scripts(RunningServer.settings(flags), Providers.of(providers)).load();
    }

    @Test
    void shouldFindTheProviderByTheExtensionInAnyCase() throws StartException {
        load(List.of(lisp, other), "--script=dir.x/hooks.LISP", "--script-data=d", "--script-memory=5");
        assertThat(loaded).singleElement().satisfies(script -> {
            assertThat(script.file()).contains(Path.of("dir.x/hooks.LISP"));
            assertThat(script.data()).contains("d");
            assertThat(script.memory()).isEqualTo(5);
            assertThat(script.unsafe()).isFalse();
        });
        assertThat(contexts.getFirst().options()).containsEntry("capacity", 256L);
        assertThat(contexts.getFirst().server()).startsWith("tinysse/");
    }

    @Test
    void shouldFindTheProviderByItsName() throws StartException {
        load(List.of(lisp, other), "--script=hooks.txt", "--script-provider=other");
        assertThat(loaded).hasSize(1);
    }

    @Test
    void shouldNameTheProvidersThereAreWhenNoneFits() {
        assertThatExceptionOfType(StartException.class).isThrownBy(() -> load(List.of(lisp), "--script=hooks.txt"))
                .withMessageContaining("hooks.txt").withMessageContaining("lisp (.el .lisp)");
        assertThatExceptionOfType(StartException.class)
                .isThrownBy(() -> load(List.of(lisp), "--script=hooks.lisp", "--script-provider=unknown"))
                .withMessageContaining("unknown").withMessageContaining("lisp");
    }

    @Test
    void shouldNameTheOptionThatChoosesAProviderWhenNoneHasTheExtension() {
        assertThatExceptionOfType(StartException.class).isThrownBy(() -> load(List.of(lisp), "--script=hooks.txt"))
                .withMessageContaining("name one with --script-provider, or put the jar of another one into");
    }

    @ParameterizedTest
    @ValueSource(strings = {"hooks", "/dev/stdin", "dir.lisp/hooks", "hooks.txt", "hooks."})
    void shouldGiveAScriptThatNobodyClaimsToTheDefaultLanguage(String script) throws StartException {
        load(List.of(lisp, new Language("first", Set.of("one"), true), new Language("second", Set.of("two"), true)),
                "--script=" + script);
        assertThat(providers).containsExactly("first");
    }

    @Test
    void shouldNotGiveAScriptThatIsClaimedToTheDefaultLanguage() throws StartException {
        load(List.of(new Language("first", Set.of("one"), true), lisp), "--script=hooks.lisp");
        assertThat(providers).containsExactly("lisp");
    }

    @Test
    void shouldSayHowToChooseAnotherLanguageWhenAScriptThatNobodyClaimsFails() {
        assertThatExceptionOfType(StartException.class)
                .isThrownBy(() -> load(List.of(new Language("first", Set.of("one"), true)), "--script=wrong.lisp"))
                .withMessage(
                        "wrong.lisp:1: as the test wants it (run as first, because no provider has its extension; "
                                + "--script-provider NAME selects another)");
    }

    @Test
    void shouldAskForANameWhenSeveralFit() {
        assertThatExceptionOfType(StartException.class)
                .isThrownBy(() -> load(List.of(lisp, other), "--script=hooks.el"))
                .withMessageContaining("--script-provider").withMessageContaining("lisp")
                .withMessageContaining("other");
    }

    @Test
    void shouldNeedNoScriptForAProviderWithoutExtensions() throws StartException {
        load(List.of(lisp, new Language("java-hooks", Set.of())), "--script-provider=java-hooks");
        assertThat(loaded).singleElement().satisfies(script -> assertThat(script.file()).isEmpty());
    }

    @Test
    void shouldAskForTheScriptThatALanguageNeeds() {
        assertThatExceptionOfType(StartException.class)
                .isThrownBy(() -> load(List.of(lisp), "--script-provider=lisp"))
                .withMessage("--script-provider lisp needs a --script");
    }

    @Test
    void shouldRefuseTwoProvidersOfOneName() {
        assertThatExceptionOfType(StartException.class)
                .isThrownBy(() -> load(List.of(lisp, new Language("lisp", Set.of("cl"))), "--script=x.cl",
                        "--script-provider=lisp"))
                .withMessage("several providers for --script-provider lisp: lisp (.el .lisp), lisp (.cl); "
                        + "remove one of the plugins");
    }

    @Test
    void shouldPassOnWhatIsWrongWithAScript() {
        assertThatExceptionOfType(StartException.class).isThrownBy(() -> load(List.of(lisp), "--script=wrong.lisp"))
                .withMessage("wrong.lisp:1: as the test wants it");
    }
}
