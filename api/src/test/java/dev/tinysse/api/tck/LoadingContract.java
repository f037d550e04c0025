package dev.tinysse.api.tck;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tinysse.api.Hook;
import dev.tinysse.api.HookProvider;
import dev.tinysse.api.Hooks;
import dev.tinysse.api.ScriptException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** How a provider describes itself, and how it loads scripts. */
interface LoadingContract {
    ScriptRig rig();

    @Test
    default void shouldDescribeItself() {
        HookProvider provider = rig().provider();
        assertEquals(HookProvider.API_VERSION, provider.apiVersion());
        assertTrue(provider.name().matches("[a-z][a-z0-9-]*"), provider.name());
        assertFalse(provider.version().isBlank());
        assertFalse(provider.extensions().isEmpty());
        provider.extensions().forEach(extension -> assertTrue(extension.matches("[a-z0-9_+-]+"), extension));
    }

    @Test
    default void shouldSayWhichHooksAScriptDefines() {
        assertEquals(Set.of(), rig().load(Behaviour.NOTHING).defined());
        assertEquals(EnumSet.allOf(Hook.class), rig().load(Behaviour.PASS_ON).defined());
    }

    @Test
    default void shouldNotHaveHooksCalledThatNobodyNeeds() {
        Set<Hook> defined = rig().load(Behaviour.DEFAULTS).defined();
        assertTrue(defined.contains(Hook.MESSAGE));
        for (Hook hook : List.of(Hook.STARTUP, Hook.TICK, Hook.CATCHUP, Hook.TIMEOUT, Hook.UNSUBSCRIBE)) {
            assertFalse(defined.contains(hook), hook + " is defined");
        }
    }

    @Test
    default void shouldGiveEveryLoadedScriptAStateOfItsOwn() {
        Hooks first = rig().load(Behaviour.STATE);
        Hooks second = rig().load(Behaviour.STATE);
        ScriptRig.publishedData(first, "x");
        assertEquals("0|0|0|2", ScriptRig.publishedData(first, "x"));
        assertEquals("0|0|0|1", ScriptRig.publishedData(second, "x"));
    }

    @Test
    default void shouldNameFileAndLineOfAMistake() {
        for (Behaviour wrong : List.of(Behaviour.MALFORMED, Behaviour.FAILING_TOP_LEVEL)) {
            Path file = rig().write(wrong);
            String message = assertThrows(ScriptException.class, () -> rig().load(file)).getMessage();
            assertTrue(message.contains(file.getFileName() + ":2"), message);
        }
    }

    @Test
    default void shouldNameAFileThatIsNotThere() {
        Path file = rig().file("absent.script");
        String message = assertThrows(ScriptException.class, () -> rig().load(file)).getMessage();
        assertTrue(message.contains(file.toString()), message);
    }

    @Test
    default void shouldLoadAgainAfterAFailure() {
        assertThrows(ScriptException.class, () -> rig().load(rig().write(Behaviour.FAILING_TOP_LEVEL)));
        assertDoesNotThrow(() -> rig().load(rig().write(Behaviour.PASS_ON)));
    }
}
