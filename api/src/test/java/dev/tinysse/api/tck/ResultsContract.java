package dev.tinysse.api.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tinysse.api.Hooks;
import dev.tinysse.api.Message;
import dev.tinysse.api.Publication;
import dev.tinysse.api.Subscription;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** The arguments of hooks, and the meaning of their results. */
interface ResultsContract {
    Message FULL = Message.builder().id("1").event("e").data("first\nsecond").comments(List.of("a", "b")).build();

    ScriptRig rig();

    @Test
    default void shouldPassOnWhatAHookReturnsAsItWas() {
        Hooks hooks = rig().load(Behaviour.PASS_ON);
        Publication publication = hooks.publish(ScriptRig.publication(FULL)).orElseThrow();
        Subscription subscription = hooks.subscribe(ScriptRig.subscription("q")).orElseThrow();
        assertEquals(FULL, publication.message());
        assertEquals("q", subscription.request().query());
        assertEquals(FULL, hooks.message(publication, subscription));
        assertEquals(List.of(), hooks.catchup(subscription));
        assertEquals(OptionalLong.empty(), hooks.timeout(subscription, Duration.ofSeconds(1)));
    }

    @Test
    default void shouldRefuseWhenAHookReturnsNothing() {
        Hooks hooks = rig().load(Behaviour.REFUSE);
        assertEquals(Optional.empty(), hooks.publish(ScriptRig.publication(FULL)));
        assertEquals(Optional.empty(), hooks.subscribe(ScriptRig.subscription("q")));
        assertEquals(Message.EMPTY, hooks.message(ScriptRig.publication(FULL), ScriptRig.subscription("q")));
    }

    @Test
    default void shouldShowTheRequestAndTheMessage() {
        Hooks hooks = rig().load(Behaviour.DESCRIBE);
        String request = "POST|/sse?a=1%20b|/sse|a=1%20b|127.0.0.1|4000|Ä|-|";
        assertEquals(request + "1|e|first\nsecond|2|a", ScriptRig.published(hooks, FULL).data().orElseThrow());
        assertEquals(request + "-|-||0|-", ScriptRig.publishedData(hooks, ""));
    }

    @Test
    default void shouldTellCatchupWhatTheClientHasSeen() {
        Hooks hooks = rig().load(Behaviour.DESCRIBE);
        Subscription another = ScriptRig.subscription("q");
        assertEquals(List.of(Message.of("/sse|q|-")), hooks.catchup(another));
        assertEquals(List.of(Message.of("/sse|q|ä 7")), hooks.catchup(another.withLastEventId("ä 7")));
        assertEquals(List.of(Message.of("/sse|q|")), hooks.catchup(another.withLastEventId("")));
    }

    @Test
    default void shouldTakeChangedFields() {
        Hooks hooks = rig().load(Behaviour.FIELDS);
        assertEquals(Message.builder().id("i").event("e").data("d").comments(List.of("c1", "c2")).build(),
                ScriptRig.published(hooks, Message.of("all")));
        assertEquals(Message.of("clear"), ScriptRig.published(hooks,
                Message.builder().id("1").event("e").data("clear").comments(List.of("c")).build()));
        assertEquals(Message.EMPTY, ScriptRig.published(hooks, Message.of("empty")));
    }

    @Test
    default void shouldTakeNumbersAsTextAndOtherTypesAsAbsent() {
        Hooks hooks = rig().load(Behaviour.FIELDS);
        assertEquals(Message.builder().id("1").event("2").data("3.5").build(),
                ScriptRig.published(hooks, Message.of("numbers")));
        assertEquals(Message.of("wrong"), ScriptRig.published(hooks, Message.of("wrong")));
    }

    @Test
    default void shouldNotDeliverWhatCannotBeWritten() {
        assertEquals(Message.EMPTY, ScriptRig.published(rig().load(Behaviour.FIELDS), Message.of("break")));
    }

    @Test
    default void shouldTakeAnObjectOfTheScriptsOwn() {
        Hooks hooks = rig().load(Behaviour.OWN_OBJECT);
        Publication publication = hooks.publish(ScriptRig.publication("x")).orElseThrow();
        assertEquals(Message.of("own"), publication.message());
        assertEquals("/sse", publication.request().path());
        Subscription subscription = hooks.subscribe(ScriptRig.subscription("q")).orElseThrow();
        assertEquals(Message.of("own"), hooks.message(ScriptRig.publication("x"), subscription));
    }

    @Test
    default void shouldSendWhatCatchupReturns() {
        Hooks hooks = rig().load(Behaviour.HISTORY);
        List<Message> messages = hooks.catchup(ScriptRig.subscription("q").withLastEventId("6"));
        assertEquals(List.of(Message.of("since 6"),
                Message.builder().id("7").event("e").data("").comments(List.of("c")).build()),
                messages.stream().filter(message -> !message.isEmpty()).toList());
    }

    @Test
    default void shouldReadMillisecondsFromTimeout() {
        Hooks hooks = rig().load(Behaviour.RETRY);
        Duration elapsed = Duration.ofMillis(1234);
        assertEquals(OptionalLong.of(1234), hooks.timeout(ScriptRig.subscription("elapsed"), elapsed));
        assertEquals(OptionalLong.of(1500), hooks.timeout(ScriptRig.subscription("fraction"), elapsed));
        assertEquals(OptionalLong.of(0), hooks.timeout(ScriptRig.subscription("negative"), elapsed));
        assertEquals(OptionalLong.empty(), hooks.timeout(ScriptRig.subscription("none"), elapsed));
    }

    @Test
    default void shouldLetAScriptCallHooksThatItDoesNotDefine() {
        assertEquals(FULL, rig().load(Behaviour.DEFAULTS)
                .message(ScriptRig.publication(FULL), ScriptRig.subscription("q")));
    }
}
