package dev.tinysse.server.process;

import static org.awaitility.Awaitility.await;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SignalsTest {
    private final AtomicInteger calls = new AtomicInteger();

    @AfterEach
    void ignore() {
        Signals.ignoreHangUp();
    }

    @Test
    void shouldTakeTheNextSignalWhenTheHandlerOfOneFailed() throws Exception {
        Signals.onHangUp(() -> {
            calls.incrementAndGet();
            throw new OutOfMemoryError("as the test wants it");
        });
        for (int i = 1; i <= 2; i++) {
            int expected = i;
            raiseHangUp();
            await().until(() -> calls.get() == expected);
        }
    }

    private static void raiseHangUp() throws Exception {
        Class<?> signal = Class.forName("sun.misc.Signal");
        signal.getMethod("raise", signal).invoke(null, signal.getConstructor(String.class).newInstance("HUP"));
    }
}
