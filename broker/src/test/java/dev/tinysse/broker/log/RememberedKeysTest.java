package dev.tinysse.broker.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tinysse.broker.tck.LogRig;
import dev.tinysse.broker.tck.TestClock;
import org.junit.jupiter.api.Test;

class RememberedKeysTest {
    private final TestClock clock = new TestClock();
    private final RememberedKeys keys = new RememberedKeys(clock);

    private void remember(String key, String response) {
        keys.remember("a", key, "digest", response, clock.millis());
    }

    private boolean isKnown(String key) {
        return keys.find(LogRig.key("a", key, "digest")).isPresent();
    }

    @Test
    void shouldForgetTheOldestWhenThereAreTooMany() {
        for (int i = 0; i <= PublishKey.MAX_KEYS; i++) {
            remember("key" + i, "response");
        }

        assertThat(isKnown("key0")).isFalse();
        assertThat(isKnown("key1")).isTrue();
        assertThat(isKnown("key" + PublishKey.MAX_KEYS)).isTrue();
    }

    @Test
    void shouldForgetTheOldestWhenTheirResponsesAreTooLong() {
        String response = "x".repeat(RememberedKeys.MAX_CHARS / 3);
        for (int i = 0; i < 4; i++) {
            remember("key" + i, response);
        }

        assertThat(isKnown("key0")).isFalse();
        assertThat(isKnown("key1")).isFalse();
        assertThat(isKnown("key3")).isTrue();
    }
}
