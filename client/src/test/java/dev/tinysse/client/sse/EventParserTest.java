package dev.tinysse.client.sse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventParserTest {
    private static final int MAX_EVENT = 1024;
    private final List<Event> events = new ArrayList<>();
    private final List<Long> retries = new ArrayList<>();
    private final EventParser parser = new EventParser(MAX_EVENT, new EventParser.Handler() {
        @Override
        public void event(Event event) {
            events.add(event);
        }

        @Override
        public void retry(long millis) {
            retries.add(millis);
        }
    });

    private void feed(String text) throws EventTooLargeException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        parser.feed(bytes, 0, bytes.length);
    }

    private static Event data(String data) {
        return new Event(Optional.empty(), Optional.empty(), Optional.of(data), List.of(), Optional.empty());
    }

    @Test
    void shouldReadAllFields() throws EventTooLargeException {
        feed("id: 7\nevent: news\n: a comment\ndata: two\ndata:  lines\nunknown: x\n\n");

        assertThat(events).containsExactly(new Event(Optional.of("7"), Optional.of("news"), Optional.of("two\n lines"),
                List.of("a comment"), Optional.empty()));
    }

    @Test
    void shouldTakeEveryKindOfLineBreak() throws EventTooLargeException {
        feed("data: a\r\n\r\ndata: b\r\rdata: c\n\n");

        assertThat(events).containsExactly(data("a"), data("b"), data("c"));
    }

    @Test
    void shouldSkipAByteOrderMarkAtTheBeginAlone() throws EventTooLargeException {
        feed("\ufeffdata: a\n\n\ufeffdata: b\n\n");

        assertThat(events).containsExactly(data("a"));
    }

    @Test
    void shouldGiveNoEventForComments() throws EventTooLargeException {
        feed(": ok\n\n: keep-alive\n\n");

        assertThat(events).isEmpty();
    }

    @Test
    void shouldGiveAnEventOnlyAtItsEnd() throws EventTooLargeException {
        feed("id: 7\ndata: cut off");

        assertThat(events).isEmpty();
    }

    @Test
    void shouldIgnoreAnIdWithNul() throws EventTooLargeException {
        feed("id: a\0b\ndata: x\n\n");

        assertThat(events).containsExactly(data("x"));
    }

    @Test
    void shouldTakeAnEmptyIdAndFieldsWithoutColon() throws EventTooLargeException {
        feed("id\ndata\nevent\n\n");

        assertThat(events).containsExactly(
                new Event(Optional.of(""), Optional.empty(), Optional.of(""), List.of(), Optional.empty()));
    }

    @Test
    void shouldTakeDigitsAloneAsRetry() throws EventTooLargeException {
        feed("retry: 250\nretry: 1s\nretry: -1\nretry:\nretry: 0\n\n");

        assertThat(retries).containsExactly(250L, 0L);
    }

    @Test
    void shouldTakeAVeryLongRetryAsTheLongestWait() throws EventTooLargeException {
        feed("retry: 99999999999999999999\n\n");

        assertThat(retries).containsExactly(Long.MAX_VALUE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "data:\n", "id: x\n", ":\n", "data: x\r"})
    void shouldRejectAnEventThatIsTooLarge(String part) {
        assertThatThrownBy(() -> feed("data: " + part.repeat(MAX_EVENT)))
                .isInstanceOf(EventTooLargeException.class).hasMessageContaining("1024");
    }

    @Test
    void shouldCountTheSizeOfEachEventAlone() throws EventTooLargeException {
        feed(("data: " + "a".repeat(MAX_EVENT - 10) + "\n\n").repeat(5));

        assertThat(events).hasSize(5);
    }

    @Property(tries = 200)
    void shouldReadTheSameInPiecesOfAnySize(@ForAll("streams") String text, @ForAll("sizes") List<Integer> sizes)
            throws EventTooLargeException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        List<Event> whole = new ArrayList<>();
        new EventParser(MAX_EVENT, collecting(whole)).feed(bytes, 0, bytes.length);
        List<Event> pieces = new ArrayList<>();
        EventParser inPieces = new EventParser(MAX_EVENT, collecting(pieces));
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
