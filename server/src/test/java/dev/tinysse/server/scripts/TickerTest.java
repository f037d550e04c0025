package dev.tinysse.server.scripts;

import static org.awaitility.Awaitility.await;

import dev.tinysse.api.Hook;
import dev.tinysse.api.Hooks;
import dev.tinysse.broker.hooks.HookCalls;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class TickerTest {
    private final List<Long> counts = new CopyOnWriteArrayList<>();

    @Test
    void shouldGoOnAfterAnError() {
        HookCalls hooks = new HookCalls(new Hooks() {
            @Override
            public Set<Hook> defined() {
                return Set.of(Hook.TICK);
            }

            @Override
            public void tick(long count) {
                counts.add(count);
                throw new OutOfMemoryError("as the test wants it");
            }
        });
        Ticker ticker = new Ticker(hooks, Duration.ofMillis(1));
        ticker.start();
        try {
            await().until(() -> counts.containsAll(List.of(1L, 2L, 3L)));
        } finally {
            ticker.end();
        }
    }
}
