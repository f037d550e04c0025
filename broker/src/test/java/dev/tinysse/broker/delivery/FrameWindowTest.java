package dev.tinysse.broker.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tinysse.api.Message;
import dev.tinysse.api.Publication;
import dev.tinysse.api.Request;
import dev.tinysse.broker.TextFormat;
import dev.tinysse.broker.dispatch.Channel;
import dev.tinysse.broker.dispatch.QueuedEntry;
import dev.tinysse.broker.log.LogRecord;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FrameWindowTest {
    private static final Request REQUEST = new Request("POST", "/sse", "/sse", "", "127.0.0.1", 1, Map.of());
    private static final int CAPACITY = 5000;
    private static final int WINDOW_BYTES = 256 * 1024;
    private static final int WINDOW_MESSAGES = 1024;

    private final Channel channel = new Channel("a", CAPACITY);
    private final Ring ring = new Ring();
    private final FrameWindow window = new FrameWindow(TextFormat.PLAIN, false, false);
    private long position;

    private void add(Ring to, String data) {
        Publication publication = Publication.of(REQUEST, Message.of(data)).withChannel("a");
        to.add(new QueuedEntry(channel, new LogRecord(++position, 0, publication, Optional.empty()),
                TextFormat.PLAIN.message(publication.message()), 1));
    }

    private String slice(long sequence) {
        ByteBuffer slice = Objects.requireNonNull(window.slice(sequence, ring.head()));
        byte[] bytes = new byte[slice.remaining()];
        slice.get(bytes);
        return new String(bytes, UTF_8);
    }

    @Test
    void shouldHaveAllThatIsPendingInOnePiece() {
        window.show(ring);
        add(ring, "1");
        add(ring, "22");
        add(ring, "3");

        assertThat(slice(0)).isEqualTo("1\n22\n3\n");
        assertThat(slice(1)).isEqualTo("22\n3\n");
        assertThat(window.to()).isEqualTo(3);
        assertThat(window.length(1)).isEqualTo(3);
        assertThat(window.entry(2)).isSameAs(ring.get(2));
    }

    @Test
    void shouldGoOnBehindWhatItHas() {
        window.show(ring);
        add(ring, "1");
        slice(0);
        add(ring, "2");

        assertThat(slice(1)).isEqualTo("2\n");
        assertThat(slice(0)).isEqualTo("1\n2\n");
    }

    @Test
    void shouldBeginAnewBeforeAndBehindWhatItHas() {
        window.show(ring);
        for (int i = 0; i < 6; i++) {
            add(ring, Integer.toString(i));
        }
        assertThat(slice(3)).isEqualTo("3\n4\n5\n");
        assertThat(slice(1)).isEqualTo("1\n2\n3\n4\n5\n");
        window.clear();
        assertThat(slice(5)).isEqualTo("5\n");
    }

    @Test
    void shouldHaveNothingBehindTheNewestMessage() {
        window.show(ring);
        add(ring, "1");
        assertThat(window.slice(1, ring.head())).isNull();
    }

    @Test
    void shouldHaveNoMessageThatIsGone() {
        window.show(ring);
        add(ring, "1");
        ring.taken(0, 1);
        ring.trim();
        add(ring, "2");

        assertThat(window.slice(0, ring.head())).isNull();
        assertThat(slice(1)).isEqualTo("2\n");
    }

    @Test
    void shouldEndBeforeAMessageThatHasNoRoom() {
        window.show(ring);
        add(ring, "1");
        add(ring, "x".repeat(WINDOW_BYTES));
        add(ring, "3");

        assertThat(slice(0)).isEqualTo("1\n");
        assertThat(window.to()).isEqualTo(1);
        assertThat(window.slice(1, ring.head())).isNull();
        assertThat(slice(2)).isEqualTo("3\n");
    }

    @Test
    void shouldTakeAMessageOfExactlyItsSize() {
        window.show(ring);
        add(ring, "x".repeat(WINDOW_BYTES - 1));
        add(ring, "2");

        assertThat(slice(0)).hasSize(WINDOW_BYTES);
        assertThat(slice(1)).isEqualTo("2\n");
    }

    @Test
    void shouldHaveOnlySoManyMessages() {
        window.show(ring);
        for (int i = 0; i <= WINDOW_MESSAGES; i++) {
            add(ring, "");
        }
        assertThat(slice(0)).hasSize(WINDOW_MESSAGES);
        assertThat(window.to()).isEqualTo(WINDOW_MESSAGES);
        assertThat(slice(WINDOW_MESSAGES)).isEqualTo("\n");
    }

    @Test
    void shouldForgetAnotherRing() {
        window.show(ring);
        add(ring, "1");
        slice(0);
        Ring other = new Ring();
        add(other, "other");
        window.show(other);

        ByteBuffer slice = Objects.requireNonNull(window.slice(0, other.head()));
        assertThat(slice.remaining()).isEqualTo("other\n".length());
    }

    @Test
    void shouldHaveEnvelopesIfStreamsWantThem() {
        FrameWindow envelopes = new FrameWindow(TextFormat.PLAIN, true, false);
        envelopes.show(ring);
        add(ring, "1");

        assertThat(Objects.requireNonNull(envelopes.slice(0, ring.head())).remaining()).isEqualTo("a 1\n".length());
    }

    @Test
    void shouldCountItsMessages() {
        window.show(ring);
        for (int i = 0; i < 4; i++) {
            add(ring, "x");
        }
        slice(0);
        assertThat(window.messages(0, 4)).isEqualTo(4);
        assertThat(window.messages(1, 3)).isEqualTo(2);
        assertThat(window.messages(2, 2)).isZero();
    }
}
