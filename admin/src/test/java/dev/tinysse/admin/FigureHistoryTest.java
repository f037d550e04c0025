package dev.tinysse.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FigureHistoryTest {
    private final AtomicInteger asked = new AtomicInteger();
    private final FigureHistory history = new FigureHistory(() -> "{\"n\":" + asked.incrementAndGet() + "}");

    @AfterEach
    void close() {
        history.close();
    }

    @Test
    void shouldSampleByItself() {
        await().until(() -> history.json().startsWith("{\"samples\":[{\"n\":1}"));
    }

    @Test
    void shouldForgetTheOldest() {
        for (int i = 0; i < 1500; i++) {
            history.sample();
        }
        assertThat(history.json().split("\"n\"")).hasSize(FigureHistory.MAX + 1);
        assertThat(history.json()).doesNotContain("{\"n\":1}");
    }
}
