package dev.tinysse.server.component;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ServiceLoopTest {
    private final Queue<Throwable> failures = new ArrayDeque<>();
    private int steps;
    private boolean stopped;

    @AfterEach
    void clearInterrupt() {
        Thread.interrupted();
    }

    private void step() throws Exception {
        steps++;
        switch (failures.poll()) {
            case null -> stopped = true;
            case Error error -> throw error;
            case Exception exception -> throw exception;
            case Throwable other -> throw new AssertionError(other);
        }
    }

    private void run(Throwable... thrown) {
        failures.addAll(List.of(thrown));
        ServiceLoop.run("test", () -> !stopped, this::step);
    }

    @Test
    void shouldGoOnAfterAnError() {
        run(new OutOfMemoryError("as the test wants it"), new StackOverflowError());
        assertThat(steps).isEqualTo(3);
    }

    @Test
    void shouldGoOnAfterAnException() {
        run(new IllegalStateException("as the test wants it"));
        assertThat(steps).isEqualTo(2);
    }

    @Test
    void shouldEndWhenItIsInterrupted() {
        run(new InterruptedException());
        assertThat(steps).isEqualTo(1);
        assertThat(Thread.currentThread().isInterrupted()).isTrue();
    }

    @Test
    void shouldNotRepeatAStepThatFailedBecauseItIsOver() {
        ServiceLoop.run("test", () -> !stopped, () -> {
            steps++;
            stopped = true;
            throw new IllegalStateException("closed");
        });
        assertThat(steps).isEqualTo(1);
    }
}
