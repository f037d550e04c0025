package dev.tinysse.broker.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tinysse.api.Message;
import dev.tinysse.api.Publication;
import dev.tinysse.api.Request;
import dev.tinysse.broker.dispatch.Entry;
import dev.tinysse.broker.log.LogRecord;
import dev.tinysse.broker.publish.DecisionSequence;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ReplayOverlapTest {
    private static final Request REQUEST = new Request("POST", "/sse", "/sse", "", "127.0.0.1", 1, Map.of());

    private final DecisionSequence calls = new DecisionSequence();

    private static Entry entry(Publication publication) {
        return new Entry(LogRecord.notStored(1, publication, Optional.empty()), publication, new byte[1]);
    }

    private static Entry withId(String id) {
        return entry(Publication.of(REQUEST, Message.of("x").withId(id)));
    }

    /** A message that the next call of the hook accepts. */
    private Entry accepted() {
        try (DecisionSequence.Call call = calls.begin()) {
            return entry(call.marked(Publication.of(REQUEST, Message.of("x"))));
        }
    }

    @Test
    void shouldHaveTheMessagesWithIdsOfTheReplayAlsoWithoutHistory() {
        ReplayOverlap overlap = new ReplayOverlap(Set.of("a"), 0);

        assertThat(overlap.isEmpty()).isFalse();
        assertThat(overlap.contains(withId("a"), 5)).isTrue();
        assertThat(overlap.contains(withId("b"), 5)).isFalse();
    }

    @Test
    void shouldHaveNothingFromItsEndOn() {
        ReplayOverlap overlap = new ReplayOverlap(Set.of("a"), 0);
        assertThat(overlap.hasEnd()).isFalse();
        assertThat(overlap.isBehind(Integer.MAX_VALUE)).isFalse();
        overlap.endBefore(7);

        assertThat(overlap.contains(withId("a"), 6)).isTrue();
        assertThat(overlap.contains(withId("a"), 7)).isFalse();
        assertThat(overlap.isBehind(6)).isFalse();
        assertThat(overlap.isBehind(7)).isTrue();
    }

    @Test
    void shouldHaveWhatWasAcceptedBeforeTheMessageThatTheClientHasSeenLast() {
        Entry first = accepted();
        Entry seen = accepted();
        Entry later = accepted();
        ReplayOverlap overlap = new ReplayOverlap(Set.of(), 3);
        assertThat(overlap.isEmpty()).isTrue();
        assertThat(overlap.contains(first, 0)).isFalse();
        overlap.seen(seen, 2);

        assertThat(overlap.isEmpty()).isFalse();
        assertThat(overlap.contains(first, 5)).isTrue();
        assertThat(overlap.contains(seen, 2)).isTrue();
        assertThat(overlap.contains(later, 1)).isTrue();
        assertThat(overlap.contains(later, 3)).isFalse();
        assertThat(overlap.contains(withId("x"), 1)).isFalse();
    }

    @Test
    void shouldKeepItsEndsWhenMessagesGetNewNumbers() {
        ReplayOverlap overlap = new ReplayOverlap(Set.of("a"), 0);
        overlap.endBefore(7);
        overlap.renumber(old -> old + 10);

        assertThat(overlap.contains(withId("a"), 16)).isTrue();
        assertThat(overlap.isBehind(17)).isTrue();
    }
}
