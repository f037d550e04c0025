package dev.tinysse.api.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.tinysse.api.Decision;
import dev.tinysse.api.HookException;
import dev.tinysse.api.Hooks;
import dev.tinysse.api.Refusal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** How scripts say with which status, error and headers they refuse. */
interface RefusalContract {
    ScriptRig rig();

    @Test
    default void shouldSayHowItRefuses() {
        Hooks hooks = rig().load(Behaviour.REFUSAL);
        check(hooks, "all", Refusal.of(401, "log in first").withHeader("WWW-Authenticate", "Bearer"));
        check(hooks, "gone", new Refusal(204, Optional.empty(), Map.of()));
        check(hooks, "error", new Refusal(403, Optional.of("no"), Map.of()));
    }

    @Test
    default void shouldAcceptWhatItDoesNotRefuse() {
        Hooks hooks = rig().load(Behaviour.REFUSAL);
        assertEquals(Optional.of("fine"), hooks.decide(ScriptRig.publication("fine"), () -> {}).accepted()
                .flatMap(accepted -> accepted.message().data()));
        assertEquals(Optional.of("fine"), hooks.decide(ScriptRig.subscription("fine")).accepted()
                .map(accepted -> accepted.request().query()));
    }

    @Test
    default void shouldReportARefusalThatCannotBeSent() {
        Hooks hooks = rig().load(Behaviour.REFUSAL);
        for (String bad : List.of("bad", "break")) {
            assertThrows(HookException.class, () -> hooks.decide(ScriptRig.publication(bad), () -> {}), bad);
            assertThrows(HookException.class, () -> hooks.decide(ScriptRig.subscription(bad)), bad);
        }
    }

    private static void check(Hooks hooks, String what, Refusal expected) {
        assertEquals(Decision.refuse(expected), hooks.decide(ScriptRig.publication(what), () -> {}), what);
        assertEquals(Decision.refuse(expected), hooks.decide(ScriptRig.subscription(what)), what);
    }
}
