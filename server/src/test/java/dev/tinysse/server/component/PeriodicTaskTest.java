package dev.tinysse.server.component;

import static org.awaitility.Awaitility.await;

import dev.tinysse.api.Message;
import dev.tinysse.api.Publication;
import dev.tinysse.api.Request;
import dev.tinysse.broker.log.Append;
import dev.tinysse.broker.log.LogConfig;
import dev.tinysse.broker.log.memory.MemoryLog;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class PeriodicTaskTest {
    private static final Request REQUEST = new Request("POST", "/", "/", "", "::1", 1, Map.of());

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.ofEpochSecond(1_000_000));

    @Test
    void shouldLetGoOfWhatIsTooOldWithoutAnyTraffic() {
        try (MemoryLog log = new MemoryLog(new LogConfig(10, Duration.ofMinutes(1), 1_000_000, now::get))) {
            PeriodicTask sweep = new PeriodicTask("sweep", Duration.ofMillis(1), log::sweep);
            sweep.start();
            WeakReference<Publication> kept = append(log);

            now.set(now.get().plus(Duration.ofMinutes(2)));

            await().until(() -> {
                System.gc();
                return kept.refersTo(null);
            });
            sweep.stop(Deadline.in(Duration.ZERO));
        }
    }

    private static WeakReference<Publication> append(MemoryLog log) {
        Publication publication = Publication.of(REQUEST, Message.builder().id("i").data("x").build());
        log.append(new Append(List.of(new Append.Item(publication, Optional.empty()))));
        return new WeakReference<>(publication);
    }
}
