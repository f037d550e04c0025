package dev.tinysse.broker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tinysse.api.Decision;
import dev.tinysse.api.Hook;
import dev.tinysse.api.Hooks;
import dev.tinysse.api.Message;
import dev.tinysse.api.Publication;
import dev.tinysse.api.Request;
import dev.tinysse.api.Subscription;
import dev.tinysse.broker.hooks.HookCalls;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ReplacedHooksTest {

    /** Hooks whose tick begins, and ends when it may. */
    private record Ticking(CountDownLatch begun, CountDownLatch mayEnd, AtomicInteger closed) implements Hooks {
        Ticking() {
            this(new CountDownLatch(1), new CountDownLatch(1), new AtomicInteger());
        }

        @Override
        public Set<Hook> defined() {
            return EnumSet.of(Hook.TICK);
        }

        @Override
        public void tick(long count) {
            begun.countDown();
            try {
                mayEnd.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void close() {
            closed.incrementAndGet();
        }
    }

    @Test
    void shouldBeClosedAtOnceWhenNoCallIsUnderWay() {
        Ticking first = new Ticking();
        HookCalls calls = new HookCalls(first);
        calls.replace(new Ticking());
        assertThat(first.closed()).hasValue(1);
    }

    @Test
    void shouldBeClosedBehindTheLastCall() throws InterruptedException {
        Ticking first = new Ticking();
        HookCalls calls = new HookCalls(first);
        Thread ticking = Thread.startVirtualThread(() -> calls.tick(1));
        first.begun().await();
        calls.replace(new Ticking());
        assertThat(first.closed()).hasValue(0);
        first.mayEnd().countDown();
        ticking.join();
        assertThat(first.closed()).hasValue(1);
    }

    @Test
    void shouldLeaveTheNewOnesOpenUntilTheEnd() {
        Ticking second = new Ticking();
        second.mayEnd().countDown();
        HookCalls calls = new HookCalls(new Ticking());
        calls.replace(second);
        calls.tick(1);
        assertThat(second.closed()).hasValue(0);
        calls.close();
        assertThat(second.closed()).hasValue(1);
    }

    /** Hooks that define nothing, and fail when they are asked all the same. */
    private static final class Undefined implements Hooks {
        @Override
        public Set<Hook> defined() {
            return Set.of();
        }

        @Override
        public Optional<Publication> publish(Publication publication) {
            throw new IllegalStateException("there is no such hook");
        }

        @Override
        public Message message(Publication publication, Subscription subscription) {
            throw new IllegalStateException("there is no such hook");
        }
    }

    @Test
    void shouldNotAskTheNewOnesForWhatOnlyTheOldOnesDefined() {
        Request request = new Request("", "", "", "", "", 1, Map.of());
        Publication publication = Publication.of(request, Message.of("x"));
        HookCalls calls = new HookCalls(new Undefined());
        assertThat(calls.message(publication, Subscription.of(request))).isSameAs(publication.message());
        assertThat(calls.publish(publication, () -> {})).isEqualTo(Decision.accept(publication));
    }
}
