package dev.tinysse.server.component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ComponentsTest {
    private final Components components = new Components();
    private final List<String> calls = new ArrayList<>();

    private final class Recorded implements Component {
        private final String name;
        private final boolean fails;

        Recorded(String name, boolean fails) {
            this.name = name;
            this.fails = fails;
        }

        @Override
        public void start() throws StartException {
            calls.add("start " + name);
            if (fails) {
                throw new StartException("as the test wants it");
            }
        }

        @Override
        public void stop(Deadline deadline) {
            calls.add("stop " + name + " " + deadline.budget());
        }
    }

    @Test
    void shouldStopInTheOppositeOrderWithOneDeadline() throws Exception {
        components.add(new Recorded("a", false));
        components.addResource(() -> calls.add("close b"));
        components.add(new Recorded("c", false));
        components.start();
        components.stop(Deadline.in(Duration.ofSeconds(9)));
        assertThat(calls).containsExactly("start a", "start c", "stop c PT9S", "close b", "stop a PT9S");
    }

    @Test
    void shouldStopAllWithoutWaitingWhenOneDoesNotStart() {
        components.add(new Recorded("a", false));
        components.add(new Recorded("b", true));
        components.add(new Recorded("c", false));
        assertThatThrownBy(components::start).isInstanceOf(StartException.class);
        assertThat(calls).containsExactly("start a", "start b", "stop c PT0S", "stop b PT0S", "stop a PT0S");
    }

    @Test
    void shouldNeverLeaveMoreTimeThanThereIs() {
        Deadline over = Deadline.in(Duration.ZERO);
        assertThat(over.left()).isZero();
        assertThat(over.left(Duration.ofSeconds(1))).isZero();
        Deadline far = Deadline.in(Duration.ofDays(1));
        assertThat(far.left(Duration.ofSeconds(1))).isEqualTo(Duration.ofSeconds(1));
    }
}
