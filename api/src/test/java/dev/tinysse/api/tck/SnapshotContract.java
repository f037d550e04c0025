package dev.tinysse.api.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tinysse.api.HookException;
import dev.tinysse.api.Hooks;
import dev.tinysse.api.Message;
import dev.tinysse.api.Publication;
import dev.tinysse.api.Subscription;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** Each field that scripts set on a publication or a stream is a snapshot for later hooks; every call has objects of its own. */
interface SnapshotContract {
    ScriptRig rig();

    @Test
    default void shouldShowLaterHooksWhatEarlierOnesHaveLeft() {
        Hooks hooks = rig().load(Behaviour.KEEP);
        Publication publication = hooks.publish(ScriptRig.publication("x")).orElseThrow();
        Subscription anna = hooks.subscribe(ScriptRig.subscription("anna")).orElseThrow();
        Subscription bob = hooks.subscribe(ScriptRig.subscription("bob")).orElseThrow();
        assertEquals(Message.of("t for anna! at /sse"), hooks.message(publication, anna));
        assertEquals(Message.of("t for bob! at /sse"), hooks.message(publication, bob));
        assertEquals(OptionalLong.of(4), hooks.timeout(anna, Duration.ZERO));
        String left = assertThrows(HookException.class, () -> hooks.unsubscribe(bob)).getMessage();
        assertTrue(left.contains("bob"), left);
    }

    @Test
    default void shouldGiveEveryCallObjectsOfItsOwn() {
        Hooks hooks = rig().load(Behaviour.KEEP);
        Publication publication = hooks.publish(ScriptRig.publication("x")).orElseThrow();
        Subscription anna = hooks.subscribe(ScriptRig.subscription("anna")).orElseThrow();
        for (int i = 0; i < 2; i++) {
            assertEquals(List.of(Message.of("anna")), hooks.catchup(anna));
            assertEquals(Message.of("t for anna! at /sse"), hooks.message(publication, anna));
        }
    }

    @Test
    default void shouldDropChangesOfTheRequest() {
        Hooks hooks = rig().load(Behaviour.KEEP);
        Subscription anna = hooks.subscribe(ScriptRig.subscription("anna")).orElseThrow();
        assertEquals("/sse", anna.request().path());
    }

    @Test
    default void shouldKeepStateBetweenCalls() {
        Hooks hooks = rig().load(Behaviour.STATE);
        hooks.startup();
        hooks.tick(1);
        hooks.tick(2);
        hooks.unsubscribe(ScriptRig.subscription("q"));
        assertEquals("256|2|1|1", ScriptRig.publishedData(hooks, "x"));
        assertEquals("256|2|1|2", ScriptRig.publishedData(hooks, "x"));
    }

    @Test
    default void shouldTakeWhatAnEarlierLoadOfTheScriptHasPrepared() {
        Hooks before = rig().load(Behaviour.PASS_ON);
        Publication publication = before.publish(ScriptRig.publication("x")).orElseThrow();
        Subscription subscription = before.subscribe(ScriptRig.subscription("q")).orElseThrow();
        Hooks after = rig().load(Behaviour.PASS_ON);
        assertEquals(Message.of("x"), after.message(publication, subscription));
    }
}
