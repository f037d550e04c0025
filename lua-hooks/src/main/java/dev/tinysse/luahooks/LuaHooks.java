package dev.tinysse.luahooks;

import dev.tinysse.api.Decision;
import dev.tinysse.api.ExitException;
import dev.tinysse.api.GapReason;
import dev.tinysse.api.Hook;
import dev.tinysse.api.HookContext;
import dev.tinysse.api.HookException;
import dev.tinysse.api.Hooks;
import dev.tinysse.api.Message;
import dev.tinysse.api.Publication;
import dev.tinysse.api.Subscription;
import dev.tinysse.lua.LuaEngine;
import dev.tinysse.lua.Session;
import dev.tinysse.lua.function.Args;
import dev.tinysse.lua.function.Builtin;
import dev.tinysse.lua.runtime.LuaRuntime;
import dev.tinysse.lua.value.ExitRequest;
import dev.tinysse.lua.value.Invocable;
import dev.tinysse.lua.value.LuaException;
import dev.tinysse.lua.value.LuaInteger;
import dev.tinysse.lua.value.Strings;
import dev.tinysse.lua.value.Table;
import dev.tinysse.lua.value.Values;
import dev.tinysse.luahooks.check.HookNames;
import dev.tinysse.luahooks.tables.PublicationTables;
import dev.tinysse.luahooks.tables.ResultWarnings;
import dev.tinysse.luahooks.tables.Results;
import dev.tinysse.luahooks.tables.SavedKeys;
import dev.tinysse.luahooks.tables.SubscriptionTables;
import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/**
 * The hooks of one script, in an engine of their own. Any thread may call; one call runs at a time, and lets others run while
 * it waits.
 */
final class LuaHooks implements Hooks {
    private final PackagedEngine packaged;
    private final LuaEngine engine;
    private final LuaRuntime runtime;
    private final HookContext context;
    private final boolean channels;
    private final Map<Hook, Invocable> functions;
    private final ScriptPhase phase;
    private final Results results;
    private final SavedKeys saved;
    private final HookErrors errors;
    /** Where a batch of this thread is inside of this script's engine; a reload makes another one. */
    @SuppressWarnings("ThreadLocalUsage")
    private final ThreadLocal<Session> entered = new ThreadLocal<>();

    /**
     * Hooks of a script that has been loaded.
     *
     * @param packaged where it has been loaded; closed with the hooks
     * @param functions those that the script defines
     */
    LuaHooks(PackagedEngine packaged, HookContext context, Map<Hook, Invocable> functions, ScriptPhase phase) {
        this.packaged = packaged;
        this.engine = packaged.engine();
        this.runtime = engine.enter(Session::runtime);
        this.context = context;
        this.channels = CliTable.hasChannels(context.options());
        this.functions = functions;
        this.phase = phase;
        Map<Hook, String> names = new EnumMap<>(Hook.class);
        functions.forEach((hook, function) -> names.put(hook, DefaultHooks.place(hook, function)));
        ResultWarnings warnings = new ResultWarnings(System.getLogger("tinysse"));
        this.results = new Results(names, warnings);
        this.saved = engine.enter(lua -> new SavedKeys(lua.runtime(), channels,
                names.getOrDefault(Hook.PUBLISH, HookNames.of(Hook.PUBLISH)), warnings));
        this.errors = new HookErrors(phase.servingLimits());
        phase.loaded();
    }

    /** Looks at the engine's state, alone. */
    <T> T inspect(Function<LuaRuntime, T> look) {
        return enter(lua -> look.apply(lua.runtime()));
    }

    /** Which of the eight the script defines. */
    Set<Hook> written() {
        return functions.keySet();
    }

    /**
     * Those that the script defines; and where later calls are given what {@code publish} or {@code subscribe} leaves, these
     * two, since they prepare it.
     */
    @Override
    public Set<Hook> defined() {
        Set<Hook> defined = EnumSet.noneOf(Hook.class);
        defined.addAll(functions.keySet());
        if (defined.contains(Hook.MESSAGE)) {
            defined.add(Hook.PUBLISH);
        }
        if (defined.stream().anyMatch(
                Set.of(Hook.CATCHUP, Hook.MESSAGE, Hook.TIMEOUT, Hook.UNSUBSCRIBE)::contains)) {
            defined.add(Hook.SUBSCRIBE);
        }
        return defined;
    }

    @Override
    public boolean mayReject(Hook hook) {
        return functions.containsKey(hook);
    }

    @Override
    public void startup() {
        enter(lua -> {
            phase.starting(true);
            try {
                return call(lua, Hook.STARTUP, CliTable.of(runtime, context.options()));
            } catch (ExitRequest e) {
                throw new ExitException(e.status());
            } finally {
                phase.starting(false);
            }
        });
    }

    @Override
    public void tick(long count) {
        enter(lua -> call(lua, Hook.TICK, LuaInteger.of(count)));
    }

    @Override
    public Optional<Publication> publish(Publication publication) {
        return publish(publication, () -> {});
    }

    @Override
    public Optional<Publication> publish(Publication publication, Runnable sequence) {
        return decide(publication, sequence).accepted();
    }

    @Override
    public Decision<Publication> decide(Publication publication, Runnable sequence) {
        PublicationTables tables = PublicationTables.of(runtime, channels, publication);
        if (!functions.containsKey(Hook.PUBLISH)) {
            sequence.run();
            return Decision.accept(tables.attachedTo(publication));
        }
        return enter(lua -> {
            Table pub = tables.table();
            Varargs returned = callForAll(lua, Hook.PUBLISH, pub);
            Decision<Publication> decision = limited(lua,
                    () -> results.publication(publication, tables, pub, returned));
            sequence.run();
            return decision;
        });
    }

    @Override
    public Optional<Subscription> subscribe(Subscription subscription) {
        return decide(subscription).accepted();
    }

    @Override
    public Decision<Subscription> decide(Subscription subscription) {
        SubscriptionTables tables = SubscriptionTables.of(runtime, channels, subscription);
        if (!functions.containsKey(Hook.SUBSCRIBE)) {
            return Decision.accept(tables.attachedTo(subscription));
        }
        return enter(lua -> {
            Table sub = tables.table();
            Varargs returned = callForAll(lua, Hook.SUBSCRIBE, sub);
            return limited(lua, () -> results.subscription(subscription, tables, sub, returned));
        });
    }

    @Override
    public List<Message> catchup(Subscription subscription) {
        return replay(subscription, Optional.empty()).orElse(List.of());
    }

    @Override
    public Optional<List<Message>> replay(Subscription subscription, Optional<GapReason> gap) {
        return enter(lua -> {
            LuaValue id = subscription.lastEventId().<LuaValue>map(Strings::of).orElse(LuaValue.NIL);
            LuaValue reason = gap.<LuaValue>map(found -> Strings.of(found.toString())).orElse(LuaValue.NIL);
            LuaValue result = call(lua, Hook.CATCHUP, Values.of(sub(subscription), id, reason));
            return limited(lua, () -> results.history(result));
        });
    }

    @Override
    public Optional<String> saveAttributes(Publication publication) {
        return saved.save(publication);
    }

    @Override
    public Publication restoreAttributes(Publication publication, String text) {
        return saved.restore(publication, text);
    }

    @Override
    public Optional<String> saveAttributes(Subscription subscription) {
        return saved.save(subscription);
    }

    @Override
    public Subscription restoreAttributes(Subscription subscription, String text) {
        return saved.restore(subscription, text);
    }

    @Override
    public Message message(Publication publication, Subscription subscription) {
        Session lua = entered.get();
        return lua == null
                ? enter(session -> message(session, publication, subscription))
                : message(lua, publication, subscription);
    }

    private Message message(Session lua, Publication publication, Subscription subscription) {
        PublicationTables tables = PublicationTables.of(runtime, channels, publication);
        Table pub = tables.table();
        LuaValue result = call(lua, Hook.MESSAGE, Values.of(pub, sub(subscription)));
        return results.delivery(tables, pub, result);
    }

    @Override
    public OptionalLong timeout(Subscription subscription, Duration elapsed) {
        return enter(lua -> results.retry(call(lua, Hook.TIMEOUT,
                Values.of(sub(subscription), LuaInteger.of(elapsed.toMillis())))));
    }

    @Override
    public void unsubscribe(Subscription subscription) {
        enter(lua -> call(lua, Hook.UNSUBSCRIBE, sub(subscription)));
    }

    @Override
    public void batch(Runnable calls) {
        enter(lua -> {
            entered.set(lua);
            try {
                calls.run();
                return null;
            } finally {
                entered.remove();
            }
        });
    }

    /** Ends the engine, and closes what scripts have opened with packages. */
    @Override
    public void close() {
        packaged.close();
    }

    private <T> T enter(Function<Session, T> work) {
        return engine.enter(context::aboutToWait, work);
    }

    private Table sub(Subscription subscription) {
        return SubscriptionTables.of(runtime, channels, subscription).table();
    }

    private LuaValue call(Session lua, Hook hook, Varargs arguments) {
        return Values.first(callForAll(lua, hook, arguments));
    }

    private Varargs callForAll(Session lua, Hook hook, Varargs arguments) {
        try {
            return lua.call(functions.get(hook), arguments, phase.limits());
        } catch (LuaException e) {
            throw errors.of(lua, e);
        }
    }

    /** Does work whose amount is up to the script. */
    private <T> T limited(Session lua, Supplier<T> work) {
        Work<T> limited = new Work<>(work);
        try {
            lua.call(Builtin.of(lua.runtime(), "hook", limited), LuaValue.NONE, phase.limits());
            return limited.result;
        } catch (LuaException e) {
            throw e.getCause() instanceof HookException wrong ? wrong : errors.of(lua, e);
        }
    }

    private static final class Work<T> implements Builtin.Body {
        private final Supplier<T> work;
        private T result;

        Work(Supplier<T> work) {
            this.work = work;
        }

        @Override
        public Varargs call(Args args) {
            result = work.get();
            return LuaValue.NONE;
        }
    }
}
