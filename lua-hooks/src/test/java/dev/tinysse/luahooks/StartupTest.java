package dev.tinysse.luahooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tinysse.api.ExitException;
import dev.tinysse.api.HookException;
import dev.tinysse.api.Message;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StartupTest {

    @Test
    void shouldSeeTheOptions() {
        Map<String, Object> options = Map.of("listen", "127.0.0.1:0", "keep_alive", 1500L, "unsafe_script", false);
        try (LuaHooks hooks = Scripts.load(
                """
                        function startup(cli)
                          assert(cli.listen == "127.0.0.1:0" and cli.keep_alive == 1500 and math.type(cli.keep_alive) == "integer")
                          assert(cli.unsafe_script == false and cli.script_data == nil)
                        end""",
                Scripts.context(options, () -> {}))) {
            assertThatCode(hooks::startup).doesNotThrowAnyException();
        }
    }

    @Test
    void shouldPassOnTheWishToExit() {
        try (LuaHooks hooks = Scripts.load("function startup() coroutine.wrap(os.exit)(3) end")) {
            assertThatThrownBy(hooks::startup)
                    .isInstanceOfSatisfying(ExitException.class, exit -> assertThat(exit.status()).isEqualTo(3));
        }
    }

    @Test
    void shouldRefuseToExitInOtherHooks() {
        try (LuaHooks hooks = Scripts.load("function startup() end\nfunction tick() os.exit(3) end")) {
            hooks.startup();
            assertThatThrownBy(() -> hooks.tick(1)).isInstanceOf(HookException.class)
                    .hasMessageContaining("hooks.lua:2: os.exit is allowed at the top level and in startup only");
        }
    }

    @Test
    void shouldCountTicks() {
        try (LuaHooks hooks = Scripts.load("""
                function tick(count) counted = math.type(count) .. count end
                function publish(pub) pub.msg.data = counted return pub end""")) {
            hooks.tick(7);
            assertThat(Scripts.published(hooks, Message.of("x")).data()).contains("integer7");
        }
    }
}
