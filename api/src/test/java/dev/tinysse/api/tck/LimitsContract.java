package dev.tinysse.api.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.tinysse.api.HookException;
import dev.tinysse.api.Hooks;
import org.junit.jupiter.api.Test;

/** A call that goes beyond the limits of its script ends with an error, and the others go on. */
interface LimitsContract {
    ScriptRig rig();

    @Test
    default void shouldEndACallThatNeverEnds() {
        checkLimit(Behaviour.ENDLESS_LOOP);
    }

    @Test
    default void shouldEndACallThatCatchesTheErrorThatEndsIt() {
        checkLimit(Behaviour.STUBBORN_LOOP);
    }

    @Test
    default void shouldEndACallThatCallsItselfForEver() {
        checkLimit(Behaviour.ENDLESS_RECURSION);
    }

    @Test
    default void shouldEndACallThatTakesEverMoreMemory() {
        checkLimit(Behaviour.MEMORY_BOMB);
    }

    private void checkLimit(Behaviour behaviour) {
        Hooks hooks = rig().load(behaviour);
        for (int i = 0; i < 2; i++) {
            assertTimeoutPreemptively(ScriptRig.PATIENCE, () -> assertThrows(HookException.class,
                    () -> hooks.publish(ScriptRig.publication("go"))));
            assertEquals("fine", ScriptRig.publishedData(hooks, "fine"));
        }
    }
}
