package dev.tinysse.broker;

import dev.tinysse.api.Hook;
import dev.tinysse.api.HookException;
import dev.tinysse.api.Hooks;
import dev.tinysse.api.Message;
import dev.tinysse.api.Publication;
import dev.tinysse.api.Subscription;
import java.lang.System.Logger;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Asks the hooks that are defined, and knows what a failure of each means. Safe for any thread.
 *
 * <p>Without a script, or without the function, nothing is called at all. The hooks may be replaced at any time; a call
 * that has begun ends on those it began with, and they are closed behind the last one.
 */
public final class HookCalls implements AutoCloseable {
    private static final Logger LOG = System.getLogger("tinysse");

    private final FailureLog failures = new FailureLog(LOG);
    private volatile HooksInUse current;

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
     * Turns to other hooks.
     *
     * @param hooks of the script, not null
     */
    public synchronized void replace(Hooks hooks) {
        HooksInUse before = current;
        current = new HooksInUse(hooks);
        end(before);
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

    /** {@return whether any hook is there that is told of requests} */
    public boolean any() {
        return !current.defined().isEmpty();
    }

    /**
     * Calls {@code startup}, whose failure is the caller's.
     *
     * @throws RuntimeException whatever the hook throws
     */
    public void startup() {
        if (has(Hook.STARTUP)) {
            run(Hooks::startup);
        }
    }

    /**
     * Calls {@code tick}.
     *
     * @param count from 1
     */
    public void tick(long count) {
        if (has(Hook.TICK)) {
            try {
                run(hooks -> hooks.tick(count));
            } catch (RuntimeException | Error e) {
                failures.log("tick", e);
            }
        }
    }

    /**
     * Calls {@code publish}.
     *
     * @param publication what was posted
     * @param order runs once the hook has let go of it, before another call can
     * @return what goes on, or nothing if the hook refuses it
     * @throws HookException if the hook failed, which is logged here
     */
    Optional<Publication> publish(Publication publication, Runnable order) {
        try {
            return returned(call(hooks -> hooks.publish(publication, order)));
        } catch (RuntimeException | Error e) {
            throw failed("publish", e);
        }
    }

    /**
     * Calls {@code subscribe}.
     *
     * @param subscription what was asked for
     * @return what goes on, or nothing if the hook refuses it
     * @throws HookException if the hook failed, which is logged here
     */
    public Optional<Subscription> subscribe(Subscription subscription) {
        if (!has(Hook.SUBSCRIBE)) {
            return Optional.of(subscription);
        }
        try {
            return returned(call(hooks -> hooks.subscribe(subscription)));
        } catch (RuntimeException | Error e) {
            throw failed("subscribe", e);
        }
    }

    /**
     * Calls {@code catchup}.
     *
     * @param subscription the stream
     * @return what it is sent first; nothing if the hook fails
     */
    public List<Message> catchup(Subscription subscription) {
        if (!has(Hook.CATCHUP)) {
            return List.of();
        }
        try {
            return List.copyOf(returned(call(hooks -> hooks.catchup(subscription))));
        } catch (RuntimeException | Error e) {
            failures.log("catchup", e);
            return List.of();
        }
    }

    /** Makes many {@link #message} calls under what lock the hooks may have; a failure to do so makes none. */
    void batch(Runnable calls) {
        try {
            run(hooks -> hooks.batch(calls));
        } catch (RuntimeException | Error e) {
            failures.log("message", e);
        }
    }

    /** Calls {@code message}; a failure skips the delivery. */
    Message message(Publication publication, Subscription subscription) {
        try {
            return returned(call(hooks -> hooks.message(publication, subscription)));
        } catch (RuntimeException | Error e) {
            failures.log("message", e);
            return Message.EMPTY;
        }
    }

    /** Calls {@code timeout}; a failure means the default. */
    OptionalLong timeout(Subscription subscription, Duration elapsed) {
        try {
            return returned(call(hooks -> hooks.timeout(subscription, elapsed)));
        } catch (RuntimeException | Error e) {
            failures.log("timeout", e);
            return OptionalLong.empty();
        }
    }

    /** Calls {@code unsubscribe}. */
    void unsubscribe(Subscription subscription) {
        try {
            run(hooks -> hooks.unsubscribe(subscription));
        } catch (RuntimeException | Error e) {
            failures.log("unsubscribe", e);
        }
    }

    private void run(Consumer<Hooks> work) {
        call(hooks -> {
            work.accept(hooks);
            return null;
        });
    }

    private <T> T call(Function<Hooks, T> work) {
        HooksInUse now = current;
        while (!now.tryBegin()) {
            now = current; // they have been replaced since
        }
        try {
            return work.apply(now.hooks());
        } finally {
            end(now);
        }
    }

    private void end(HooksInUse used) {
        try {
            used.end();
        } catch (RuntimeException | Error e) {
            failures.log("close", e);
        }
    }

    private static <T> T returned(T result) {
        return Objects.requireNonNull(result, "returned null");
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

    /** Writes to the log how often failures came back since they were last written out. */
    public void logCounted() {
        failures.logCounted();
    }
}
