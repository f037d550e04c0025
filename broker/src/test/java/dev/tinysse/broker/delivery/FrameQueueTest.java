package dev.tinysse.broker.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tinysse.api.GapReason;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FrameQueueTest {
    private final FrameQueue queue = new FrameQueue();
    private final DeliveryFigures figures = new DeliveryFigures(() -> 0);

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }

    private String copy(int room) {
        ByteBuffer buffer = ByteBuffer.allocate(room);
        queue.copyTo(buffer);
        return new String(buffer.array(), 0, buffer.position(), UTF_8);
    }

    @Test
    void shouldCopyFramesInTheirOrderAsFarAsThereIsRoom() {
        queue.add(bytes("first;"));
        queue.addControl(bytes("second;"));
        queue.add(bytes("third;"));
        assertThat(copy(100)).isEqualTo("first;second;third;");
        assertThat(copy(8)).isEqualTo("first;se");
    }

    @Test
    void shouldGoOnInTheMiddleOfAFrame() {
        queue.add(bytes("first;"));
        queue.add(bytes("second;"));
        assertThat(queue.remove(8, figures)).isEqualTo(1);
        assertThat(queue.bytes()).isEqualTo(5);
        assertThat(copy(100)).isEqualTo("cond;");
        assertThat(queue.remove(5, figures)).isEqualTo(1);
        assertThat(queue.isEmpty()).isTrue();
    }

    @Test
    void shouldGoOnWithAFrameOfWhichAPartHasBeenWrittenBefore() {
        queue.add(bytes("first;"));
        queue.written(2);
        queue.add(bytes("second;"));
        assertThat(queue.bytes()).isEqualTo(11);
        assertThat(copy(100)).isEqualTo("rst;second;");
    }

    @Test
    void shouldCountEachFrameForWhatItIs() {
        queue.addControl(bytes("control;"));
        queue.add(bytes("message;"));
        queue.addReplayed(bytes("replayed;"));
        queue.addNotice(bytes("gap;"), Optional.of(GapReason.EXPIRED));
        queue.addNotice(bytes("notice;"), Optional.empty());
        assertThat(queue.messages()).isEqualTo(4);
        assertThat(queue.remove((int) queue.bytes(), figures)).isEqualTo(2);
        assertThat(queue.messages()).isZero();
        assertThat(figures.delivered()).isEqualTo(2);
        assertThat(figures.replayed()).isEqualTo(1);
        assertThat(figures.gaps(GapReason.EXPIRED)).isEqualTo(1);
    }

    @Test
    void shouldNotCountAMessageBeforeItsLastByteIsWritten() {
        queue.add(bytes("message;"));
        assertThat(queue.remove(7, figures)).isZero();
        assertThat(figures.delivered()).isZero();
        assertThat(queue.remove(1, figures)).isEqualTo(1);
        assertThat(figures.delivered()).isEqualTo(1);
    }

    @Test
    void shouldTakeFramesAgainWhenItHasBeenEmpty() {
        queue.add(bytes("first;"));
        queue.remove(6, figures);
        queue.add(bytes("second;"));
        assertThat(copy(100)).isEqualTo("second;");
    }
}
