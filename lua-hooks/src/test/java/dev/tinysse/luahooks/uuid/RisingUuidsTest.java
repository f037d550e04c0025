package dev.tinysse.luahooks.uuid;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RisingUuidsTest {

    private final AtomicLong now = new AtomicLong(1_700_000_000_000L);
    private final RisingUuids uuids = new RisingUuids(clock(), new Random(7));

    private InstantSource clock() {
        return () -> Instant.ofEpochMilli(now.get());
    }

    @Test
    void shouldCarryTimeVersionAndVariant() {
        UUID uuid = uuids.next();
        assertThat(uuid.getMostSignificantBits() >>> 16).isEqualTo(now.get());
        assertThat(uuid.version()).isEqualTo(7);
        assertThat(uuid.variant()).isEqualTo(2);
    }

    @Test
    void shouldRiseWithinOneMillisecondEvenWhenTheCounterIsFull() {
        String last = uuids.next().toString();
        for (int i = 0; i < 20_000; i++) {
            String next = uuids.next().toString();
            assertThat(next).isGreaterThan(last);
            last = next;
        }
    }

    @Test
    void shouldRiseWhenTheClockIsSetBack() {
        String before = uuids.next().toString();
        now.addAndGet(-5_000);
        String after = uuids.next().toString();
        assertThat(after).isGreaterThan(before);
    }
}
