package dev.tinysse.api.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tinysse.api.Hooks;
import dev.tinysse.api.Message;
import dev.tinysse.api.Publication;
import dev.tinysse.api.Subscription;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Scripts see what a token says, cannot change it, and may say who a subscriber is. */
interface AuthContract {
    Map<String, Object> CLAIMS = Map.of("sub", "anna", "exp", 1_764_103_000L, "ratio", 1.5, "admin", true, "roles",
            List.of("x", "y"), "place", Map.of("city", "Ä"));

    ScriptRig rig();

    @Test
    default void shouldShowPublishTheClaims() {
        assertEquals(Optional.of("anna|1764103000|1.5|true|2|x|Ä"), published(hooks(), CLAIMS, "x").message().data());
    }

    @Test
    default void shouldShowNoClaimsWithoutAToken() {
        assertEquals(Optional.of("-"), published(hooks(), Map.of(), "x").message().data());
    }

    @Test
    default void shouldShowLaterHooksTheClaimsOfTheStream() {
        Hooks hooks = hooks();
        Publication publication = ScriptRig.publication("x");
        assertEquals(Message.of("-|anna|-"), hooks.message(publication, subscribed(hooks, CLAIMS, "q")));
        assertEquals(Message.of("-|-|-"), hooks.message(publication, subscribed(hooks, Map.of(), "q")));
    }

    @Test
    default void shouldDropChangesOfTheClaims() {
        Hooks hooks = hooks();
        Publication changed = published(hooks, CLAIMS, "change");
        assertEquals(Message.of("anna|anna|-"), hooks.message(changed, subscribed(hooks, CLAIMS, "change")));
        assertEquals(CLAIMS, changed.request().claims());
    }

    @Test
    default void shouldLeaveTheNameToScriptsWithoutAToken() {
        Hooks hooks = hooks();
        assertEquals(Message.of("mallory|mallory|-"),
                hooks.message(published(hooks, Map.of(), "change"), subscribed(hooks, Map.of(), "change")));
    }

    @Test
    default void shouldLetScriptsSayWhoSubscribes() {
        Hooks hooks = hooks();
        Subscription bob = subscribed(hooks, CLAIMS, "user");
        assertEquals(Optional.of("bob"), bob.user());
        assertEquals(Message.of("-|anna|bob"), hooks.message(ScriptRig.publication("x"), bob));
        assertEquals(Optional.of("bob"), subscribed(hooks, Map.of(), "user").user());
        assertEquals(Optional.of("anna"), subscribed(hooks, CLAIMS, "number").user());
        assertEquals(Optional.empty(), subscribed(hooks, Map.of(), "q").user());
    }

    private Hooks hooks() {
        return rig().load(Behaviour.AUTH);
    }

    private static Publication published(Hooks hooks, Map<String, Object> claims, String data) {
        return hooks.publish(Publication.of(ScriptRig.request("q").withClaims(claims), Message.of(data))).orElseThrow();
    }

    private static Subscription subscribed(Hooks hooks, Map<String, Object> claims, String query) {
        return hooks.subscribe(Subscription.of(ScriptRig.request(query).withClaims(claims))).orElseThrow();
    }
}
