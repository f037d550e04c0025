package dev.tinysse.api.tck;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tinysse.api.HookException;
import dev.tinysse.api.Hooks;
import dev.tinysse.api.Publication;
import dev.tinysse.api.Subscription;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Errors of a script reach the server as a {@link HookException}, and harm nothing. */
interface FailureContract {
    ScriptRig rig();

    @Test
    default void shouldReportAnErrorOfEveryHook() {
        Hooks hooks = rig().load(Behaviour.FAIL);
        Publication publication = ScriptRig.publication("x");
        Subscription subscription = ScriptRig.subscription("q");
        assertAll(Stream.<Executable>of(hooks::startup, () -> hooks.tick(1), () -> hooks.publish(publication),
                () -> hooks.subscribe(subscription), () -> hooks.catchup(subscription),
                () -> hooks.message(publication, subscription), () -> hooks.timeout(subscription, Duration.ZERO),
                () -> hooks.unsubscribe(subscription)).map(call -> () -> {
                    String message = assertThrows(HookException.class, call).getMessage();
                    assertTrue(message.contains("boom"), message);
                    assertTrue(message.contains(Behaviour.FAIL.fileName()), message);
                }));
    }

    @Test
    default void shouldReportAResultOfTheWrongType() {
        Hooks hooks = rig().load(Behaviour.WRONG_RESULT);
        Publication publication = ScriptRig.publication("x");
        Subscription subscription = ScriptRig.subscription("q");
        assertAll(Stream.<Executable>of(() -> hooks.publish(publication), () -> hooks.subscribe(subscription),
                () -> hooks.catchup(subscription), () -> hooks.message(publication, subscription),
                () -> hooks.timeout(subscription, Duration.ZERO))
                .map(call -> () -> assertThrows(HookException.class, call)));
    }

    @Test
    default void shouldGoOnAfterAFailureInABatch() {
        Hooks hooks = rig().load(Behaviour.FAIL);
        int[] failed = new int[1];
        hooks.batch(() -> {
            for (int i = 0; i < 3; i++) {
                assertThrows(HookException.class,
                        () -> hooks.message(ScriptRig.publication("x"), ScriptRig.subscription("q")));
                failed[0]++;
            }
        });
        assertTrue(failed[0] == 3);
    }
}
