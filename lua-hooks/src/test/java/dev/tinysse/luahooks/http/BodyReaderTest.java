package dev.tinysse.luahooks.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow.Subscription;
import java.util.function.LongPredicate;
import org.junit.jupiter.api.Test;

class BodyReaderTest {

    private static final int HALF = 1 << 19;

    private final List<String> source = new ArrayList<>();

    private CompletableFuture<byte[]> read(LongPredicate room, int parts) {
        BodyReader reader = new BodyReader(room);
        reader.onSubscribe(new Subscription() {
            @Override
            public void request(long n) {}

            @Override
            public void cancel() {
                source.add("cancelled");
            }
        });
        for (int i = 0; i < parts; i++) {
            reader.onNext(List.of(ByteBuffer.allocate(HALF)));
        }
        reader.onComplete();
        return reader.getBody().toCompletableFuture();
    }

    @Test
    void shouldGiveTheBodyWhileThereIsRoom() {
        assertThat(read(bytes -> true, 8)).isCompletedWithValueMatching(body -> body.length == 8 * HALF);
        assertThat(source).isEmpty();
    }

    @Test
    void shouldStopReadingWhenThereIsNoRoomForTheBodyAndItsCopy() {
        assertThat(read(bytes -> bytes < 8 * HALF, 20)).isCompletedExceptionally();
        assertThat(source).containsExactly("cancelled");
    }

    @Test
    void shouldAskNothingForAShortBody() {
        assertThat(read(bytes -> false, 2)).isCompletedWithValueMatching(body -> body.length == 2 * HALF);
    }
}
