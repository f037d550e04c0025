package dev.tinysse.client.sse;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class EventParserTest {
    private final List<Event> events = new ArrayList<>();
    private final List<Long> retries = new ArrayList<>();
    private final EventParser parser = new EventParser(new EventParser.Handler() {
        @Override
        public void event(Event event) {
            events.add(event);
        }

        @Override
        public void retry(long millis) {
            retries.add(millis);
        }
    });

    private void feed(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        parser.feed(bytes, 0, bytes.length);
    }

    private static Event data(String data) {
        return new Event(Optional.empty(), Optional.empty(), Optional.of(data), List.of(), Optional.empty());
    }

    @Test
    void shouldReadAllFields() {
        feed("id: 7\nevent: news\n: a comment\ndata: two\ndata:  lines\nunknown: x\n\n");

        assertThat(events).containsExactly(new Event(Optional.of("7"), Optional.of("news"), Optional.of("two\n lines"),
                List.of("a comment"), Optional.empty()));
    }

    @Test
    void shouldTakeEveryKindOfLineBreak() {
        feed("data: a\r\n\r\ndata: b\r\rdata: c\n\n");

        assertThat(events).containsExactly(data("a"), data("b"), data("c"));
    }

    @Test
    void shouldSkipAByteOrderMarkAtTheBeginAlone() {
        feed("\ufeffdata: a\n\n\ufeffdata: b\n\n");

        assertThat(events).containsExactly(data("a"));
    }

    @Test
    void shouldGiveNoEventForComments() {
        feed(": ok\n\n: keep-alive\n\n");

        assertThat(events).isEmpty();
    }

    @Test
    void shouldGiveAnEventOnlyAtItsEnd() {
        feed("id: 7\ndata: cut off");

        assertThat(events).isEmpty();
    }

    @Test
    void shouldIgnoreAnIdWithNul() {
        feed("id: a\0b\ndata: x\n\n");

        assertThat(events).containsExactly(data("x"));
    }

    @Test
    void shouldTakeAnEmptyIdAndFieldsWithoutColon() {
        feed("id\ndata\nevent\n\n");

        assertThat(events).containsExactly(
                new Event(Optional.of(""), Optional.empty(), Optional.of(""), List.of(), Optional.empty()));
    }

    @Test
    void shouldTakeDigitsAloneAsRetry() {
        feed("retry: 250\nretry: 1s\nretry: -1\nretry:\nretry: 0\n\n");

        assertThat(retries).containsExactly(250L, 0L);
    }

    @Property(tries = 200)
    void shouldReadTheSameInPiecesOfAnySize(@ForAll("streams") String text, @ForAll("sizes") List<Integer> sizes) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        List<Event> whole = new ArrayList<>();
        new EventParser(collecting(whole)).feed(bytes, 0, bytes.length);
        List<Event> pieces = new ArrayList<>();
        EventParser inPieces = new EventParser(collecting(pieces));
        int from = 0;
        for (int i = 0; from < bytes.length; i++) {
            int to = Math.min(bytes.length, from + sizes.get(i % sizes.size()));
            inPieces.feed(bytes, from, to);
            from = to;
        }

        assertThat(pieces).isEqualTo(whole);
    }

    private static EventParser.Handler collecting(List<Event> events) {
        return new EventParser.Handler() {
            @Override
            public void event(Event event) {
                events.add(event);
            }

            @Override
            public void retry(long millis) {}
        };
    }

    @Provide
    static Arbitrary<String> streams() {
        return Arbitraries
                .of("data: a", "data:", "id: 7", "id", ": c", "event: ü€😀", "\n", "\r", "\r\n", "\n\n", "\ufeff")
                .list().ofMaxSize(40).map(parts -> String.join("", parts));
    }

    @Provide
    static Arbitrary<List<Integer>> sizes() {
        return Arbitraries.integers().between(1, 9).list().ofMinSize(1).ofMaxSize(5);
    }
}
