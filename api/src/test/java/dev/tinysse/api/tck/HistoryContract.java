package dev.tinysse.api.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tinysse.api.GapReason;
import dev.tinysse.api.Hooks;
import dev.tinysse.api.Message;
import dev.tinysse.api.Publication;
import dev.tinysse.api.Request;
import dev.tinysse.api.Subscription;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The requirements of a server with history for scripts: the source of a replay, and the stored message that {@code message} sees. */
interface HistoryContract {
    ScriptRig rig();

    @Test
    default void shouldSayWhoReplays() {
        Hooks hooks = rig().load(Behaviour.REPLAY);
        assertEquals(Optional.of(List.of(Message.of("-|-"))),
                replay(hooks, ScriptRig.subscription("own"), Optional.empty()));
        assertEquals(Optional.of(List.of(Message.of("7|expired"))),
                replay(hooks, ScriptRig.subscription("own").withLastEventId("7"), Optional.of(GapReason.EXPIRED)));
        assertEquals(Optional.of(List.of()), replay(hooks, ScriptRig.subscription("none"), Optional.empty()));
        assertEquals(Optional.empty(), replay(hooks, ScriptRig.subscription("server"), Optional.of(GapReason.UNKNOWN)));
    }

    @Test
    default void shouldShowMessageOfHistoryWhatPublishHasSet() {
        Hooks before = rig().load(Behaviour.SAVED);
        Publication accepted = before.publish(ScriptRig.publication("x")).orElseThrow();
        Subscription stream = before.subscribe(ScriptRig.subscription("q")).orElseThrow();
        assertEquals(Message.of("ä|1|2.5|true|x|call"), before.message(accepted, stream));
        String saved = before.saveAttributes(accepted).orElseThrow();
        Hooks after = rig().load(Behaviour.SAVED);
        Publication kept = after.restoreAttributes(ScriptRig.publication("x"), saved);
        for (int i = 0; i < 2; i++) {
            assertEquals(Message.of("ä|1|2.5|true|x|-"),
                    after.message(kept, after.subscribe(ScriptRig.subscription("q")).orElseThrow()));
        }
    }

    @Test
    default void shouldSaveNothingIfPublishSetsNothing() {
        Hooks hooks = rig().load(Behaviour.PASS_ON);
        assertEquals(Optional.empty(), hooks.saveAttributes(hooks.publish(ScriptRig.publication("x")).orElseThrow()));
    }

    @Test
    default void shouldShowMessageTheRequestAndTheIdThatThePublicationHas() {
        Hooks hooks = rig().load(Behaviour.PASS_ON);
        Publication accepted = hooks.publish(ScriptRig.publication("x")).orElseThrow();
        Message withId = Message.builder().id("1").data("x").build();
        Request plain = new Request("POST", "/", "/", "", "127.0.0.1", 1, Map.of());
        assertEquals(withId, hooks.message(accepted.withMessage(withId).withRequest(plain),
                hooks.subscribe(ScriptRig.subscription("q")).orElseThrow()));
    }

    private static Optional<List<Message>> replay(Hooks hooks, Subscription stream, Optional<GapReason> gap) {
        return hooks.replay(hooks.subscribe(stream).orElseThrow(), gap);
    }
}
