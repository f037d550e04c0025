package dev.tinysse.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AdmissionTest {
    private final AtomicLong now = new AtomicLong();
    private final List<String> log = new CopyOnWriteArrayList<>();
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord line) {
            log.add(line.getLevel() + " " + line.getMessage());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @BeforeEach
    void listen() {
        Logger.getLogger("tinysse").addHandler(handler);
    }

    @AfterEach
    void stopListening() {
        Logger.getLogger("tinysse").removeHandler(handler);
    }

    @Test
    void shouldLetInAsManyAsThereIsRoomFor() {
        Admission admission = new Admission(2, now::get);
        assertThat(List.of(admission.tryEnter(), admission.tryEnter(), admission.tryEnter())).containsExactly(true,
                true, false);
        admission.leave();
        assertThat(admission.tryEnter()).isTrue();
    }

    @Test
    void shouldLetEverybodyInWithoutALimit() {
        Admission admission = new Admission(0, now::get);
        for (int i = 0; i < 1000; i++) {
            assertThat(admission.tryEnter()).isTrue();
        }
        assertThat(log).isEmpty();
    }

    @Test
    void shouldWarnOnceForABurst() {
        Admission admission = new Admission(1, now::get);
        admission.tryEnter();
        for (int i = 0; i < 100; i++) {
            admission.tryEnter();
            now.addAndGet(Duration.ofSeconds(15).toNanos());
        }
        assertThat(log).containsExactly("WARNING max-subscribers reached, new streams are rejected "
                + "(logged once per burst): max-subscribers=1 rejected-total=1");
    }

    @Test
    void shouldWarnAgainAfterAQuietTime() {
        Admission admission = new Admission(1, now::get);
        admission.tryEnter();
        admission.tryEnter();
        admission.tryEnter();
        now.addAndGet(Duration.ofSeconds(60).toNanos());
        admission.tryEnter();
        assertThat(log).hasSize(2).last().asString().endsWith("rejected-total=3");
    }
}
