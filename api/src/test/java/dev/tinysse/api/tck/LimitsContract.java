package dev.tinysse.api.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.tinysse.api.HookException;
import dev.tinysse.api.Hooks;
import org.junit.jupiter.api.Test;

/** A call that exceeds the limits of its script ends with an error, and the others continue. */
interface LimitsContract {
    ScriptRig rig();

    @Test
    default void shouldEndACallThatNeverEnds() throws Exception {
        checkLimit(Behaviour.ENDLESS_LOOP);
    }

    @Test
    default void shouldEndACallThatCatchesTheErrorThatEndsIt() throws Exception {
        checkLimit(Behaviour.STUBBORN_LOOP);
    }

    @Test
    default void shouldEndACallThatCallsItselfWithoutEnd() throws Exception {
        checkLimit(Behaviour.ENDLESS_RECURSION);
    }

    @Test
    default void shouldEndACallThatTakesEverMoreMemory() throws Exception {
        checkLimit(Behaviour.MEMORY_BOMB);
    }

    private void checkLimit(Behaviour behaviour) throws Exception {
        Hooks hooks = rig().loadLimited(behaviour);
        for (int i = 0; i < 2; i++) {
            var call = ScriptRig.start(() -> hooks.publish(ScriptRig.publication("go")));
            assertThrows(HookException.class, () -> ScriptRig.ended(call));
            assertEquals("fine", ScriptRig.publishedData(hooks, "fine"));
        }
    }
}
