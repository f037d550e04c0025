package dev.tinysse.cluster.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tinysse.broker.log.Append;
import dev.tinysse.broker.log.LogException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class DeadlinesTest {
    private final Deadlines deadlines = new Deadlines();

    @Test
    void shouldEndRequestsWhoseTimeIsUpAndNoOthers() throws Exception {
        Append over = NodeRig.append("1");
        Append left = NodeRig.append("2");
        Pending last = add(left, System.nanoTime() + TimeUnit.HOURS.toNanos(1), add(over, System.nanoTime()));
        Thread thread = Thread.ofVirtual().start(deadlines);
        assertThat(NodeRig.failure(over).kind()).isEqualTo(LogException.Kind.UNCERTAIN);
        assertThat(last.isDone()).isFalse();
        last.fail(new LogException(LogException.Kind.FULL, "full"));
        deadlines.close();
        thread.join();
        assertThat(NodeRig.failure(left)).hasMessage("full");
    }

    @Test
    void shouldEndRequestsInTimeThatAreLeftWhenItIsClosed() throws Exception {
        Append append = NodeRig.append("1");
        add(append, System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(100));
        deadlines.close();
        Thread thread = Thread.ofVirtual().start(deadlines);
        thread.interrupt();
        thread.join();
        assertThat(NodeRig.failure(append).kind()).isEqualTo(LogException.Kind.UNCERTAIN);
    }

    @Test
    void shouldNotChangeTheOutcomeOfARequestThatIsDone() throws Exception {
        Append append = NodeRig.append("1");
        add(append, System.nanoTime()).complete(new Append.Outcome.KeyReused());
        deadlines.close();
        deadlines.run();
        assertThat(NodeRig.outcome(append)).isEqualTo(new Append.Outcome.KeyReused());
    }

    private Pending add(Append append, long deadline, Pending... before) {
        assertThat(before).allMatch(earlier -> earlier.deadline() <= deadline);
        Pending pending = new Pending(append, deadline, () -> {});
        deadlines.add(pending);
        return pending;
    }
}
