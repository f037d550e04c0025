package dev.tinysse.luahooks.http;

import java.io.IOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;
import java.util.function.LongPredicate;

/**
 * Reads a body into an array while the heap has room for that: many calls may read at once, each within its own limit. Used
 * by one thread at a time, as the client does.
 */
final class BodyReader implements BodySubscriber<byte[]> {

    private static final long STEP = 1 << 20;

    private final BodySubscriber<byte[]> bytes = BodySubscribers.ofByteArray();
    private final LongPredicate room;
    private Subscription subscription;
    private long length;
    private long unasked = STEP;
    private boolean refused;

    /** @param room whether there is room for so many bytes more */
    BodyReader(LongPredicate room) {
        this.room = room;
    }

    @Override
    public CompletionStage<byte[]> getBody() {
        return bytes.getBody();
    }

    @Override
    public void onSubscribe(Subscription source) {
        subscription = source;
        bytes.onSubscribe(source);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        long added = buffers.stream().mapToLong(ByteBuffer::remaining).sum();
        length += added;
        unasked -= added;
        if (unasked < 0 && !refused) {
            unasked = STEP;
            // what has been read is copied at the end
            refused = !room.test(length + STEP);
            if (refused) {
                subscription.cancel();
                bytes.onError(new IOException("not enough memory"));
            }
        }
        if (!refused) {
            bytes.onNext(buffers);
        }
    }

    @Override
    public void onError(Throwable failure) {
        bytes.onError(failure);
    }

    @Override
    public void onComplete() {
        if (!refused) {
            bytes.onComplete();
        }
    }
}
