package dev.tinysse.broker.hooks;

import dev.tinysse.api.Decision;
import dev.tinysse.api.GapReason;
import dev.tinysse.api.Hook;
import dev.tinysse.api.HookException;
import dev.tinysse.api.Hooks;
import dev.tinysse.api.Message;
import dev.tinysse.api.Publication;
import dev.tinysse.api.Subscription;
import dev.tinysse.broker.figures.Figure;
import dev.tinysse.broker.log.LogRecord;
import dev.tinysse.broker.tracing.Tracer;
import java.lang.System.Logger;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Calls the hooks that are defined, and handles the failures of each. Safe for any thread.
 *
 * <p>Without a script, or without the function, nothing is called at all. The hooks may be replaced at any time; a call
 * that has begun ends on those it began with, and they are closed after the last one.
 */
public final class HookCalls implements AutoCloseable {
    private static final String RETURNED_NULL = "returned null";
    private static final Logger LOG = System.getLogger("tinysse");

    private final FailureLog failures = new FailureLog(LOG);
    private volatile HooksInUse current;
    /** Null unless somebody wants to know. */
    private volatile @Nullable HookFigures figures;
    /** Null unless somebody traces requests. */
    private volatile @Nullable Tracer tracer;

    /**
     * Calls to these hooks.
     *
     * @param hooks of the script, not null
     */
    public HookCalls(Hooks hooks) {
        current = new HooksInUse(hooks);
    }

    /** {@return calls of a server without a script} */
    public static HookCalls none() {
        return new HookCalls(new Hooks() {
            @Override
            public Set<Hook> defined() {
                return Set.of();
            }
        });
    }

    /**
     * Replaces the hooks.
     *
     * @param hooks of the script, not null
     */
    public synchronized void replace(Hooks hooks) {
        HooksInUse before = current;
        current = new HooksInUse(hooks);
        end(before);
    }

    /** Makes spans of calls from now on, but for those of {@code message}. */
    public void trace(Tracer spans) {
        tracer = spans;
    }

    /** Measures calls from now on. */
    public void measure() {
        figures = new HookFigures();
    }

    /** {@return how long calls took, and how many failed, since that is measured} */
    public List<Figure> figures() {
        HookFigures measured = figures;
        return measured == null ? List.of() : measured.figures();
    }

    /**
     * Whether a hook is there.
     *
     * @param hook which
     * @return whether it is called
     */
    public boolean has(Hook hook) {
        return current.defined().contains(hook);
    }

    /** {@return whether the {@code publish} hook decides which messages are accepted} */
    public boolean authorizesPublishers() {
        return has(Hook.PUBLISH) && current.hooks().authorizesPublishers();
    }

    /** {@return whether any hook sees requests} */
    public boolean any() {
        return !current.defined().isEmpty();
    }

    /**
     * Calls {@code startup}, whose failure is the caller's.
     *
     * @throws RuntimeException whatever the hook throws
     */
    public void startup() {
        run(Hook.STARTUP, Hooks::startup);
    }

    /**
     * Calls {@code tick}.
     *
     * @param count from 1
     */
    public void tick(long count) {
        try {
            run(Hook.TICK, hooks -> hooks.tick(count));
        } catch (RuntimeException | Error e) {
            failures.log("tick", e);
        }
    }

    /**
     * Calls {@code publish}.
     *
     * @param publication what was posted
     * @param sequence fixes its place in the ring; run when the hook has decided, before another call can
     * @return what is accepted, or how the hook refuses it
     * @throws HookException if the hook failed, which is logged here
     */
    public Decision<Publication> publish(Publication publication, Runnable sequence) {
        try {
            return call(Hook.PUBLISH, hooks -> hooks.decide(publication, sequence), Decision.accept(publication));
        } catch (RuntimeException | Error e) {
            throw failed("publish", e);
        }
    }

    /**
     * Calls {@code subscribe}.
     *
     * @param subscription the request
     * @return what is accepted, or how the hook refuses it
     * @throws HookException if the hook failed, which is logged here
     */
    public Decision<Subscription> subscribe(Subscription subscription) {
        try {
            return call(Hook.SUBSCRIBE, subscription, hooks -> hooks.decide(subscription),
                    Decision.accept(subscription));
        } catch (RuntimeException | Error e) {
            throw failed("subscribe", e);
        }
    }

    /**
     * Calls {@code catchup}, which may leave the replay to the server.
     *
     * @param subscription the stream
     * @param gap why history cannot send all that follows the client's last event id
     * @return what the stream is sent first, nothing if the hook fails; or empty if there is no such hook, or it leaves the replay to
     *         the server
     */
    public Optional<List<Message>> replay(Subscription subscription, Optional<GapReason> gap) {
        try {
            return call(Hook.CATCHUP, subscription, hooks -> hooks.replay(subscription, gap),
                    Optional.<List<Message>>empty())
                    .map(List::copyOf);
        } catch (RuntimeException | Error e) {
            failures.log("catchup", e);
            return Optional.of(List.of());
        }
    }

    /**
     * The attributes of a publication that history stores.
     *
     * @param publication that {@code publish} has accepted
     * @return nothing if there is nothing to keep
     * @throws HookException if that failed, which is logged here
     */
    public Optional<String> save(Publication publication) {
        try {
            return unmeasured(Hook.PUBLISH, hooks -> hooks.saveAttributes(publication), Optional.empty());
        } catch (RuntimeException | Error e) {
            throw failed("publish", e);
        }
    }

    /**
     * The publication of a record with its stored attributes.
     *
     * @param message out of the log
     * @return nothing after a failure: without them {@code message} might let through what it has to hide
     */
    public Optional<Publication> restore(LogRecord message) {
        Publication publication = message.publication();
        if (message.attributes().isEmpty()) {
            return Optional.of(publication);
        }
        try {
            return Optional.of(unmeasured(Hook.MESSAGE,
                    hooks -> hooks.restoreAttributes(publication, message.attributes().get()), publication));
        } catch (RuntimeException | Error e) {
            failures.log("message", e);
            return Optional.empty();
        }
    }

    /** {@return what scripts have attached to a subscription, for another node; nothing after a failure, which is logged} */
    public Optional<String> save(Subscription subscription) {
        try {
            return call(Hook.SUBSCRIBE, hooks -> hooks.saveAttributes(subscription), Optional.empty());
        } catch (RuntimeException | Error e) {
            failures.log("subscribe", e);
            return Optional.empty();
        }
    }

    /** {@return a subscription of another node with what scripts have attached; without that after a failure, which is logged} */
    public Subscription restore(Subscription subscription, String saved) {
        try {
            return call(Hook.SUBSCRIBE, hooks -> hooks.restoreAttributes(subscription, saved), subscription);
        } catch (RuntimeException | Error e) {
            failures.log("subscribe", e);
            return subscription;
        }
    }

    /** Makes many {@link #message} calls under what lock the hooks may have; a failure to do so makes none. */
    public void batch(Runnable calls) {
        try {
            HooksInUse used = begin();
            try {
                used.hooks().batch(calls);
            } finally {
                end(used);
            }
        } catch (RuntimeException | Error e) {
            failures.log("message", e);
        }
    }

    /** Calls {@code message}; a failure skips the delivery. */
    public Message message(Publication publication, Subscription subscription) {
        try {
            return call(Hook.MESSAGE, hooks -> hooks.message(publication, subscription), publication.message());
        } catch (RuntimeException | Error e) {
            failures.log("message", e);
            return Message.EMPTY;
        }
    }

    /** Calls {@code timeout}; a failure means the default. */
    public OptionalLong timeout(Subscription subscription, Duration elapsed) {
        try {
            return call(Hook.TIMEOUT, subscription, hooks -> hooks.timeout(subscription, elapsed),
                    OptionalLong.empty());
        } catch (RuntimeException | Error e) {
            failures.log("timeout", e);
            return OptionalLong.empty();
        }
    }

    /** Calls {@code unsubscribe}. */
    public void unsubscribe(Subscription subscription) {
        try {
            call(Hook.UNSUBSCRIBE, subscription, hooks -> {
                hooks.unsubscribe(subscription);
                return true;
            }, false);
        } catch (RuntimeException | Error e) {
            failures.log("unsubscribe", e);
        }
    }

    private void run(Hook hook, Consumer<Hooks> work) {
        call(hook, hooks -> {
            work.accept(hooks);
            return true;
        }, false);
    }

    /** Calls a hook, and returns the other value if there is no such hook, or not any more. */
    private <T> T call(Hook hook, Function<Hooks, T> work, T otherwise) {
        return call(hook, Optional.empty(), work, otherwise);
    }

    /** The same for a stream, whose request may be part of a trace. */
    private <T> T call(Hook hook, Subscription subscription, Function<Hooks, T> work, T otherwise) {
        return call(hook, Optional.of(subscription), work, otherwise);
    }

    private <T> T call(Hook hook, Optional<Subscription> subscription, Function<Hooks, T> work, T otherwise) {
        HookFigures measured = figures;
        Function<Hooks, T> counted = measured == null ? work : hooks -> measured(hook, hooks, work, measured);
        Tracer traces = tracer;
        return unmeasured(hook,
                traces == null || hook == Hook.MESSAGE
                        ? counted
                        : hooks -> traced(traces, hook, subscription, hooks, counted),
                otherwise);
    }

    private static <T> T traced(Tracer tracer, Hook hook, Optional<Subscription> subscription, Hooks hooks,
            Function<Hooks, T> work) {
        Optional<String> parent = subscription
                .flatMap(stream -> Optional.ofNullable(stream.request().headers().get("traceparent")));
        try (Tracer.Span span = tracer.begin("hook " + hook.name().toLowerCase(Locale.ROOT), parent)) {
            try {
                return work.apply(hooks);
            } catch (RuntimeException | Error e) {
                span.fail("the hook failed");
                throw e;
            }
        }
    }

    /** The same for what is done for a hook beside its calls. */
    private <T> T unmeasured(Hook hook, Function<Hooks, T> work, T otherwise) {
        HooksInUse used = begin();
        try {
            return used.defined().contains(hook)
                    ? Objects.requireNonNull(work.apply(used.hooks()), RETURNED_NULL)
                    : otherwise;
        } finally {
            end(used);
        }
    }

    private static <T> T measured(Hook hook, Hooks hooks, Function<Hooks, T> work, HookFigures figures) {
        long began = System.nanoTime();
        try {
            return Objects.requireNonNull(work.apply(hooks), RETURNED_NULL);
        } catch (RuntimeException | Error e) {
            figures.failed(hook);
            throw e;
        } finally {
            figures.took(hook, System.nanoTime() - began);
        }
    }

    private HooksInUse begin() {
        HooksInUse now = current;
        while (!now.tryBegin()) {
            now = current; // they have been replaced since
        }
        return now;
    }

    private void end(HooksInUse used) {
        try {
            used.end();
        } catch (RuntimeException | Error e) {
            failures.log("close", e);
        }
    }

    private HookException failed(String hook, Throwable cause) {
        failures.log(hook, cause);
        return new HookException(hook + " hook failed", cause);
    }

    /** Closes the hooks, without waiting for calls under way: the server ends, and nothing may be called from then on. */
    @Override
    public void close() {
        try {
            current.hooks().close();
        } catch (RuntimeException | Error e) {
            failures.log("close", e);
        }
    }

    /** Writes to the log how often failures recurred since they were last written out. */
    public void logCounted() {
        failures.logCounted();
    }
}
