package dev.tinysse.luahooks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tinysse.api.GapReason;
import dev.tinysse.api.Message;
import dev.tinysse.api.Publication;
import dev.tinysse.api.Request;
import dev.tinysse.api.Subscription;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The hooks that a server calls only with history. */
class HistoryHooksTest {
    private static final Subscription STREAM = Scripts.subscription("q").withLastEventId("7");

    @ParameterizedTest
    @ValueSource(strings = {"", "return nil"})
    void shouldLeaveTheReplayToTheServer(String body) {
        try (LuaHooks hooks = Scripts.load("function catchup(sub, id, gap) " + body + " end")) {
            assertThat(hooks.replay(STREAM, Optional.of(GapReason.EXPIRED))).isEmpty();
        }
    }

    @Test
    void shouldReplaceTheReplayByAnArrayAlsoAnEmptyOne() {
        try (LuaHooks hooks = Scripts.load("function catchup(sub, id, gap) return {{data = id}} end")) {
            assertThat(hooks.replay(STREAM, Optional.empty())).contains(List.of(Message.of("7")));
        }
        try (LuaHooks hooks = Scripts.load("function catchup(sub, id, gap) return {} end")) {
            assertThat(hooks.replay(STREAM, Optional.empty())).contains(List.of());
        }
    }

    @Test
    void shouldSayWhyThereIsAGap() {
        try (LuaHooks hooks = Scripts.load("function catchup(sub, id, gap) return {{data = tostring(gap)}} end")) {
            assertThat(hooks.replay(STREAM, Optional.empty())).contains(List.of(Message.of("nil")));
            for (GapReason reason : GapReason.values()) {
                assertThat(hooks.replay(STREAM, Optional.of(reason))).contains(List.of(Message.of(reason.toString())));
            }
        }
    }

    @Test
    void shouldShowMessageTheRequestAndTheMessageThatThePublicationHasNow() {
        try (LuaHooks hooks = Scripts.load("""
                function publish(pub) pub.user = pub.req.headers.authorization return pub end
                function message(pub, sub)
                  if pub.msg.id then pub.msg.event = tostring(pub.req.headers.authorization) .. pub.user end
                  return pub
                end""")) {
            Request full = new Request("POST", "/sse", "/sse", "", "127.0.0.1", 1, Map.of("authorization", "anna"));
            Request stripped = new Request("POST", "/sse", "/sse", "", "127.0.0.1", 1, Map.of());
            Publication accepted = hooks.publish(Publication.of(full, Message.of("x"))).orElseThrow();
            Message withId = Message.builder().id("1").data("x").build();
            Publication kept = accepted.withRequest(stripped).withMessage(withId);
            for (int i = 0; i < 2; i++) {
                assertThat(hooks.message(kept, STREAM))
                        .isEqualTo(Message.builder().id("1").event("nilanna").data("x").build());
            }
        }
    }

    @Test
    void shouldDeliverTheMessageThatThePublicationHasNowIfNobodyTouchesIt() {
        try (LuaHooks hooks = Scripts.load("function message(pub, sub) return pub end")) {
            Publication accepted = hooks.publish(Scripts.publication("x")).orElseThrow();
            Message withId = Message.builder().id("1").data("x").build();
            assertThat(hooks.message(accepted.withMessage(withId), STREAM)).isSameAs(withId);
        }
    }
}
