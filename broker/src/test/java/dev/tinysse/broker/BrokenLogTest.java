package dev.tinysse.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tinysse.broker.delivery.MemoryLimits;
import dev.tinysse.broker.log.ChannelSet;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class BrokenLogTest {
    private static final class Broken extends FullLog {
        @Override
        public OptionalLong find(ChannelSet channels, String id) {
            throw new IllegalStateException("as the test wants it");
        }
    }

    @Test
    void shouldEndAStreamOnceWhoseBeginCannotBeFound() throws Exception {
        HooksOf hooks = new HooksOf();
        try (Rig rig = new Rig(Rig.config(16), TextFormat.PLAIN, hooks, new MemoryLimits(1 << 30, 1 << 30),
                new Broken())) {
            assertThat(rig.comeBack("7", "default").end()).isEqualTo(Client.CLOSED);
            await().until(() -> hooks.count() == 1);
            assertThat(rig.broker.streams()).isZero();
        }
        assertThat(hooks.count()).isEqualTo(1);
    }
}
