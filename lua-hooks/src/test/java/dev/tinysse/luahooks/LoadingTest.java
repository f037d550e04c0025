package dev.tinysse.luahooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tinysse.api.ExitException;
import dev.tinysse.api.Hook;
import dev.tinysse.api.HookProvider;
import dev.tinysse.api.Message;
import dev.tinysse.api.ScriptException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoadingTest {

    @TempDir
    private Path folder;

    @Test
    void shouldBeFoundAsTheProviderOfLua() {
        assertThat(ServiceLoader.load(HookProvider.class)).singleElement().satisfies(provider -> {
            assertThat(provider.name()).isEqualTo("lua");
            assertThat(provider.extensions()).containsExactly("lua");
        });
    }

    @Test
    void shouldNameAFileThatIsNotThere() {
        Path missing = folder.resolve("nothing.lua");
        assertThatThrownBy(() -> ScriptLoader.load(Scripts.script(missing), Scripts.CONTEXT))
                .isInstanceOf(ScriptException.class).hasMessage("cannot read script " + missing + ": no such file");
    }

    @Test
    void shouldNameADirectory() {
        assertThatThrownBy(() -> ScriptLoader.load(Scripts.script(folder), Scripts.CONTEXT))
                .isInstanceOf(ScriptException.class).hasMessage("cannot read script " + folder + ": is a directory");
    }

    @Test
    void shouldNameTheLineOfASyntaxError() {
        assertThatThrownBy(() -> load("local x\nfunction publish(\n")).isInstanceOf(ScriptException.class)
                .hasMessageContaining("hooks.lua:3: ");
    }

    @Test
    void shouldReportASyntaxErrorOnOneLine() {
        assertThatThrownBy(() -> load("local x\nfunction publish(\n")).isInstanceOf(ScriptException.class).message()
                .doesNotContain("\n");
    }

    @Test
    void shouldNameTheLineOfAnErrorAtTheTopLevel() {
        assertThatThrownBy(() -> load("local x\n\nerror('not today')")).isInstanceOf(ScriptException.class)
                .hasMessageContaining("hooks.lua:3: not today\nstack traceback:\n");
    }

    @Test
    void shouldEndAnEndlessTopLevel() {
        assertThatThrownBy(() -> load("local function f()\n  while true do end\nend\nf()"))
                .isInstanceOf(ScriptException.class).hasMessageContaining("time limit exceeded")
                .hasMessageContaining("hooks.lua:4: in main chunk");
    }

    @Test
    void shouldPassOnTheWishToExit() {
        assertThatThrownBy(() -> load("pcall(os.exit, 7)"))
                .isInstanceOfSatisfying(ExitException.class, exit -> assertThat(exit.status()).isEqualTo(7));
    }

    @Test
    void shouldSkipAFirstLineForTheShellAndAByteOrderMark() throws Exception {
        assertThat(load("\uFEFF#!/usr/bin/lua\nfunction tick() end").written()).containsExactly(Hook.TICK);
    }

    @Test
    void shouldCallNothingThatAScriptLeavesOut() throws Exception {
        assertThat(load("local x = 1").defined()).isEmpty();
    }

    @Test
    void shouldIgnoreGlobalsThatAreNoFunctions() throws Exception {
        assertThat(load("publish = 5 message = setmetatable({}, {__call = print})").defined()).isEmpty();
    }

    @Test
    void shouldIgnoreADefaultThatIsLeftAsItWas() throws Exception {
        assertThat(load("publish = publish").defined()).isEmpty();
    }

    @Test
    void shouldOfferTheDefaultsToTheScript() throws Exception {
        assertThat(
                load("""
                        for _, name in ipairs {"publish", "subscribe", "message"} do assert(_G[name]("argument") == "argument") end
                        for _, name in ipairs {"startup", "tick", "catchup", "timeout", "unsubscribe"} do
                          assert(select("#", _G[name]("argument")) == 0)
                        end
                        """)
                        .defined())
                .isEmpty();
    }

    @Test
    void shouldSettleTheHooksWhenTheScriptIsLoaded() throws Exception {
        LuaHooks hooks = load(
                """
                        function publish(pub) pub.msg.data = "first" publish = function(p) p.msg.data = "second" return p end return pub end
                        """);
        for (int i = 0; i < 2; i++) {
            assertThat(Scripts.published(hooks, Message.of("x")).data()).contains("first");
        }
    }

    @Test
    void shouldFindModulesBesideTheScript() throws Exception {
        Files.writeString(folder.resolve("helper.lua"), "return 'helped'");
        assertThat(load("assert(require 'helper' == 'helped')").defined()).isEmpty();
    }

    private LuaHooks load(String source) throws Exception {
        return ScriptLoader.load(Scripts.script(Files.writeString(folder.resolve("hooks.lua"), source)),
                Scripts.CONTEXT);
    }
}
