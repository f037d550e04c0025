package dev.tinysse.broker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tinysse.api.Message;
import dev.tinysse.broker.delivery.MemoryLimits;
import dev.tinysse.broker.publish.PublishReply;
import org.junit.jupiter.api.Test;

class FullLogTest {
    private static final String LINE = "WARNING a message was not published: no disk space for history: /data";

    @Test
    void shouldCountWhatAFullDiskRefusesAndSaySoOnce() throws Exception {
        try (LogLines lines = new LogLines()) {
            try (Rig rig = new Rig(Rig.config(16), TextFormat.PLAIN, Rig.noHooks(), new MemoryLimits(1 << 30, 1 << 30),
                    new FullLog())) {
                for (int i = 0; i < 3; i++) {
                    assertThat(rig.offer(Message.of("x"))).isEqualTo(PublishReply.Failure.HISTORY_FULL);
                }
                assertThat(lines.with("not published")).containsExactly(LINE);
            }
            assertThat(lines.with("not published")).containsExactly(LINE, LINE + " (2 more times)");
        }
    }
}
