package dev.tinysse.api.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.tinysse.api.HookException;
import dev.tinysse.api.Hooks;
import dev.tinysse.api.Message;
import dev.tinysse.api.Publication;
import dev.tinysse.api.Subscription;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Scripts see channels and say which they are, and do with them what the server offers. */
interface ChannelsContract {
    ScriptRig rig();

    @Test
    default void shouldShowLaterHooksTheChannels() {
        Hooks hooks = channels();
        assertEquals(Message.of("orders|b|a.*"), hooks.message(accepted(hooks, "x"), accepted(hooks, "q", "b", "a.*")));
    }

    @Test
    default void shouldPublishWhereAScriptSays() {
        Hooks hooks = channels();
        Publication moved = accepted(hooks, "move");
        assertEquals("moved", moved.channel());
        assertEquals(Message.of("moved|a"), hooks.message(moved, accepted(hooks, "q", "a")));
        assertEquals("orders", accepted(hooks, "x").channel());
        assertEquals("default", accepted(hooks, "clear").channel());
        assertThrows(HookException.class, () -> accepted(hooks, "bad"));
    }

    @Test
    default void shouldSubscribeToWhatAScriptSays() {
        Hooks hooks = channels();
        Subscription wider = accepted(hooks, "widen", "a");
        assertEquals(List.of("a", "news.*"), List.copyOf(wider.channels()));
        assertEquals(Message.of("orders|a|news.*"), hooks.message(accepted(hooks, "x"), wider));
        assertEquals(List.of("news"), List.copyOf(accepted(hooks, "set", "a").channels()));
        assertEquals(List.of(), List.copyOf(accepted(hooks, "none", "a").channels()));
        assertEquals(List.of("default"), List.copyOf(accepted(hooks, "clear", "a").channels()));
        assertThrows(HookException.class, () -> accepted(hooks, "bad", "a"));
    }

    @Test
    default void shouldHaveNoChannelsInAServerWithoutThem() {
        Hooks hooks = rig().load(Behaviour.CHANNELS);
        Publication moved = hooks.publish(ScriptRig.publication("move")).orElseThrow();
        assertEquals("default", moved.channel());
        Subscription stream = hooks.subscribe(ScriptRig.subscription("q")).orElseThrow();
        assertEquals(Message.of("moved|-"), hooks.message(moved, stream));
        Publication plain = hooks.publish(ScriptRig.publication("x")).orElseThrow();
        assertEquals(Message.of("-|-"), hooks.message(plain, stream));
    }

    @Test
    default void shouldPublish() {
        SmallServer server = new SmallServer();
        Hooks hooks = rig().loadWithChannels(Behaviour.SERVER, server);
        assertEquals("2|3|id-1", ScriptRig.publishedData(hooks, "publish"));
        assertEquals(List.of("news " + Message.builder().event("e").data("d").build()), server.calls());
        assertThrows(HookException.class, () -> ScriptRig.publishedData(hooks, "bad"));
    }

    @Test
    default void shouldCountStreamsAndListChannels() {
        Hooks hooks = rig().loadWithChannels(Behaviour.SERVER, new SmallServer());
        assertEquals("2|4", ScriptRig.publishedData(hooks, "subscribers"));
        assertEquals("news|2", ScriptRig.publishedData(hooks, "channels"));
    }

    @Test
    default void shouldReadHistory() {
        SmallServer server = new SmallServer();
        Hooks hooks = rig().loadWithChannels(Behaviour.SERVER, server);
        assertEquals("8|x|news|1764103000123", ScriptRig.publishedData(hooks, "history"));
        assertEquals(List.of("news HistoryQuery[after=Optional[7], sinceMillis=Optional[60000], last=5]"),
                server.calls());
    }

    @Test
    default void shouldEndStreams() {
        SmallServer server = new SmallServer();
        Hooks hooks = rig().loadWithChannels(Behaviour.SERVER, server);
        assertEquals("1", ScriptRig.publishedData(hooks, "disconnect"));
        assertEquals(1, server.subscribers());
        assertEquals("0", ScriptRig.publishedData(hooks, "disconnect"));
    }

    private Hooks channels() {
        return rig().loadWithChannels(Behaviour.CHANNELS, new SmallServer());
    }

    private static Publication accepted(Hooks hooks, String data) {
        return hooks.publish(ScriptRig.publication(data).withChannel("orders")).orElseThrow();
    }

    private static Subscription accepted(Hooks hooks, String query, String... channels) {
        return hooks.subscribe(ScriptRig.subscription(query).withChannels(List.of(channels))).orElseThrow();
    }
}
