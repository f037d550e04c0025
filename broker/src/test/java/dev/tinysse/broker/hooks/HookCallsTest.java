package dev.tinysse.broker.hooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tinysse.api.Decision;
import dev.tinysse.api.GapReason;
import dev.tinysse.api.Hook;
import dev.tinysse.api.HookException;
import dev.tinysse.api.Hooks;
import dev.tinysse.api.Message;
import dev.tinysse.api.Publication;
import dev.tinysse.api.Request;
import dev.tinysse.api.Subscription;
import dev.tinysse.broker.figures.Figure;
import dev.tinysse.broker.log.LogRecord;
import dev.tinysse.broker.tracing.Tracer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a failure of each hook means, and that hooks which are not defined are not called. */
class HookCallsTest {
    private static final Request REQUEST = new Request("GET", "/sse", "/sse", "", "192.0.2.1", 1,
            Map.of("traceparent", "parent"));
    private static final Publication PUBLICATION = Publication.of(REQUEST, Message.of("x"));
    private static final Subscription SUBSCRIPTION = Subscription.of(REQUEST);
    private static final LogRecord STORED = new LogRecord(1, 0, PUBLICATION, Optional.of("saved"));

    /** Hooks that all fail, in one of two ways. */
    private record Failing(boolean withError, Set<Hook> defined) implements Hooks {
        private HookException fail() {
            if (withError) {
                throw new StackOverflowError("as the test wants it");
            }
            return new HookException("as the test wants it");
        }

        @Override
        public boolean authorizesPublishers() {
            return true;
        }

        @Override
        public void startup() {
            throw fail();
        }

        @Override
        public void tick(long count) {
            throw fail();
        }

        @Override
        public Decision<Publication> decide(Publication publication, Runnable sequence) {
            throw fail();
        }

        @Override
        public Decision<Subscription> decide(Subscription subscription) {
            throw fail();
        }

        @Override
        public Optional<List<Message>> replay(Subscription subscription, Optional<GapReason> gap) {
            throw fail();
        }

        @Override
        public Optional<String> saveAttributes(Publication publication) {
            throw fail();
        }

        @Override
        public Publication restoreAttributes(Publication publication, String saved) {
            throw fail();
        }

        @Override
        public Optional<String> saveAttributes(Subscription subscription) {
            throw fail();
        }

        @Override
        public Subscription restoreAttributes(Subscription subscription, String saved) {
            throw fail();
        }

        @Override
        public Message message(Publication publication, Subscription subscription) {
            throw fail();
        }

        @Override
        public OptionalLong timeout(Subscription subscription, Duration elapsed) {
            throw fail();
        }

        @Override
        public void unsubscribe(Subscription subscription) {
            throw fail();
        }

        @Override
        public void batch(Runnable calls) {
            throw fail();
        }

        @Override
        public void close() {
            throw fail();
        }
    }

    private static HookCalls failing(boolean withError) {
        return new HookCalls(new Failing(withError, Set.of(Hook.values())));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldReportTheFailureOfAHookThatDecides(boolean withError) {
        HookCalls calls = failing(withError);

        assertThatExceptionOfType(HookException.class).isThrownBy(() -> calls.publish(PUBLICATION, () -> {}))
                .withMessage("publish hook failed");
        assertThatExceptionOfType(HookException.class).isThrownBy(() -> calls.save(PUBLICATION))
                .withMessage("publish hook failed");
        assertThatExceptionOfType(HookException.class).isThrownBy(() -> calls.subscribe(SUBSCRIPTION))
                .withMessage("subscribe hook failed");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldGoOnWithoutAHookThatFails(boolean withError) {
        HookCalls calls = failing(withError);

        assertThat(calls.replay(SUBSCRIPTION, Optional.empty())).contains(List.of());
        assertThat(calls.timeout(SUBSCRIPTION, Duration.ZERO)).isEmpty();
        assertThat(calls.save(SUBSCRIPTION)).isEmpty();
        assertThat(calls.restore(SUBSCRIPTION, "saved")).isSameAs(SUBSCRIPTION);
        assertThatCode(() -> {
            calls.tick(1);
            calls.unsubscribe(SUBSCRIPTION);
            calls.batch(() -> {});
            calls.replace(new Failing(withError, Set.of()));
            calls.close();
        }).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldDeliverNoMessageOnWhichTheHookFails(boolean withError) {
        HookCalls calls = failing(withError);

        assertThat(calls.message(PUBLICATION, SUBSCRIPTION).isEmpty()).isTrue();
        assertThat(calls.restore(STORED)).isEmpty();
    }

    @Test
    void shouldLeaveAFailureOfTheStartToItsCaller() {
        assertThatExceptionOfType(HookException.class).isThrownBy(failing(false)::startup)
                .withMessage("as the test wants it");
    }

    @Test
    void shouldCallNoHookThatIsNotDefined() {
        HookCalls calls = new HookCalls(new Failing(false, Set.of()));
        calls.startup();
        calls.tick(1);
        calls.unsubscribe(SUBSCRIPTION);

        assertThat(calls.any()).isFalse();
        assertThat(calls.authorizesPublishers()).isFalse();
        assertThat(calls.publish(PUBLICATION, () -> {}).accepted()).containsSame(PUBLICATION);
        assertThat(calls.subscribe(SUBSCRIPTION).accepted()).containsSame(SUBSCRIPTION);
        assertThat(calls.replay(SUBSCRIPTION, Optional.empty())).isEmpty();
        assertThat(calls.save(PUBLICATION)).isEmpty();
        assertThat(calls.save(SUBSCRIPTION)).isEmpty();
        assertThat(calls.restore(STORED)).containsSame(PUBLICATION);
        assertThat(calls.restore(SUBSCRIPTION, "saved")).isSameAs(SUBSCRIPTION);
        assertThat(calls.message(PUBLICATION, SUBSCRIPTION)).isSameAs(PUBLICATION.message());
        assertThat(calls.timeout(SUBSCRIPTION, Duration.ZERO)).isEmpty();
    }

    @Test
    void shouldRestoreNothingWhereNothingIsStored() {
        LogRecord plain = new LogRecord(1, 0, PUBLICATION, Optional.empty());

        assertThat(failing(false).restore(plain)).containsSame(PUBLICATION);
    }

    @Test
    void shouldTakeNullForAFailure() {
        HookCalls calls = new HookCalls(new Hooks() {
            @Override
            public Set<Hook> defined() {
                return Set.of(Hook.SUBSCRIBE);
            }

            @Override
            @SuppressWarnings("NullAway") // as a provider may that is not checked
            public Decision<Subscription> decide(Subscription subscription) {
                return null;
            }
        });

        assertThatExceptionOfType(HookException.class).isThrownBy(() -> calls.subscribe(SUBSCRIPTION))
                .havingCause().withMessage("returned null");
    }

    @Test
    void shouldMeasureOnlyOnceAsked() {
        HookCalls calls = failing(false);
        calls.message(PUBLICATION, SUBSCRIPTION);
        assertThat(calls.figures()).isEmpty();
        calls.measure();
        calls.message(PUBLICATION, SUBSCRIPTION);
        calls.message(PUBLICATION, SUBSCRIPTION);
        calls.tick(1);

        Figure errors = calls.figures().stream().filter(figure -> figure.name().equals("tinysse_hook_errors"))
                .findFirst().orElseThrow();
        assertThat(errors.values()).filteredOn(value -> value.number() > 0)
                .extracting(value -> value.labels() + " " + value.number())
                .containsExactlyInAnyOrder("{hook=message} 2.0", "{hook=tick} 1.0");
        assertThat(calls.figures()).hasSize(2);
    }

    @Test
    void shouldTraceEachCallButThoseForMessages() {
        List<String> spans = new ArrayList<>();
        HookCalls calls = failing(false);
        calls.trace(new Tracer() {
            @Override
            public Span begin(String name, Optional<String> traceparent) {
                spans.add(name + " of " + traceparent.orElse("none"));
                return new Span() {
                    @Override
                    public void note(String text, long value) {}

                    @Override
                    public void fail(String what) {
                        spans.add(what);
                    }

                    @Override
                    public void close() {
                        spans.add("end");
                    }
                };
            }

            @Override
            public void close() {}
        });
        calls.unsubscribe(SUBSCRIPTION);
        calls.tick(1);
        calls.message(PUBLICATION, SUBSCRIPTION);

        assertThat(spans).containsExactly("hook unsubscribe of parent", "the hook failed", "end", "hook tick of none",
                "the hook failed", "end");
    }
}
