package dev.tinysse.examples.js;

import dev.tinysse.api.Decision;
import dev.tinysse.api.GapReason;
import dev.tinysse.api.Hook;
import dev.tinysse.api.HookContext;
import dev.tinysse.api.HookException;
import dev.tinysse.api.Hooks;
import dev.tinysse.api.Message;
import dev.tinysse.api.Publication;
import dev.tinysse.api.Request;
import dev.tinysse.api.Script;
import dev.tinysse.api.ScriptException;
import dev.tinysse.api.Subscription;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.graalvm.polyglot.Value;

/** The hooks of one script. */
final class JsHooks implements Hooks {
    private static final Set<Hook> NEED_STATE = EnumSet.of(Hook.CATCHUP, Hook.MESSAGE, Hook.TIMEOUT, Hook.UNSUBSCRIBE);

    private static final int MAX_WARNINGS = 1000;

    private final Script script;
    private final String file;
    private final HookContext context;
    private final JsEngine engine;
    private final Map<Hook, Value> functions = new EnumMap<>(Hook.class);
    /** The keys that it has been said of that history does not keep them. */
    private final Set<String> warned = new HashSet<>();
    private Value prelude;
    private JsObjects objects;

    private JsHooks(Script script, Path file, HookContext context) {
        this.script = script;
        this.file = file.toString();
        this.context = context;
        engine = new JsEngine(this.file, script.unsafe(), context);
    }

    /** Runs the script's top level. */
    static JsHooks load(Script script, Path file, String source, HookContext context) throws ScriptException {
        JsHooks hooks = new JsHooks(script, file, context);
        try {
            hooks.engine.run(script.startupTimeout(), () -> hooks.define(file, source));
            return hooks;
        } catch (HookException e) {
            hooks.close();
            throw new ScriptException(e.getMessage(), e);
        }
    }

    /** The name of the script in errors. */
    String file() {
        return file;
    }

    private Void define(Path file, String source) {
        prelude = engine.eval("prelude.js", prelude());
        objects = new JsObjects(this, prelude, Boolean.TRUE.equals(context.options().get("channels")));
        prelude.invokeMember("connect", new JsChannels(engine, context, objects::state).object());
        engine.eval(file.toString(), source);
        for (Hook hook : Hook.values()) {
            String name = hook.name().toLowerCase(Locale.ROOT);
            Value function = prelude.invokeMember("hook", name);
            if (!function.isNull()) {
                functions.put(hook, function);
            }
        }
        return null;
    }

    private static String prelude() {
        try (InputStream in = JsHooks.class.getResourceAsStream("prelude.js")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Those of the script; and where later calls need their state, the two that leave it on what they return. */
    @Override
    public Set<Hook> defined() {
        Set<Hook> defined = EnumSet.noneOf(Hook.class);
        defined.addAll(functions.keySet());
        if (functions.containsKey(Hook.MESSAGE)) {
            defined.add(Hook.PUBLISH);
        }
        if (functions.keySet().stream().anyMatch(NEED_STATE::contains)) {
            defined.add(Hook.SUBSCRIBE);
        }
        return defined;
    }

    @Override
    public void startup() {
        engine.run(script.startupTimeout(),
                () -> functions.get(Hook.STARTUP).execute(objects.options(context.options())));
    }

    @Override
    public void tick(long count) {
        engine.run(script.timeout(), () -> functions.get(Hook.TICK).execute(count));
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
        return engine.run(script.timeout(), () -> {
            Value state = objects.state(publication);
            if (functions.containsKey(Hook.PUBLISH)) {
                state = prelude.invokeMember("publish", functions.get(Hook.PUBLISH), state);
            }
            if (state.hasMember("refusal")) {
                return Decision.refuse(objects.refusal("publish", state.getMember("refusal")));
            }
            Publication accepted = objects.changed(publication, state);
            sequence.run();
            return Decision.accept(attached(accepted, state));
        });
    }

    @Override
    public Optional<Subscription> subscribe(Subscription subscription) {
        return decide(subscription).accepted();
    }

    @Override
    public Decision<Subscription> decide(Subscription subscription) {
        return engine.run(script.timeout(), () -> {
            Value state = objects.state(subscription);
            if (functions.containsKey(Hook.SUBSCRIBE)) {
                state = prelude.invokeMember("subscribe", functions.get(Hook.SUBSCRIBE), state);
            }
            if (state.hasMember("refusal")) {
                return Decision.refuse(objects.refusal("subscribe", state.getMember("refusal")));
            }
            Request request = subscription.request();
            return Decision.accept(objects.changed(subscription, state)
                    .with(JsState.KEY, new JsState(this, state, request, request)));
        });
    }

    private Publication attached(Publication publication, Value state) {
        return publication.with(JsState.KEY,
                new JsState(this, state, publication.request(), publication.message()));
    }

    @Override
    public Optional<String> saveAttributes(Publication publication) {
        return engine.run(script.timeout(), () -> {
            Value saved = prelude.invokeMember("save", objects.state(publication));
            Value leftOut = saved.getMember("leftOut");
            for (long i = 0; i < leftOut.getArraySize(); i++) {
                warnOnce(leftOut.getArrayElement(i).asString());
            }
            return Optional.ofNullable(saved.getMember("text").asString());
        });
    }

    private void warnOnce(String key) {
        if (warned.size() < MAX_WARNINGS && warned.add(key)) {
            System.getLogger("tinysse.js").log(Level.WARNING,
                    file + ": history keeps data alone: pub." + key + " is or holds something else (logged once)");
        }
    }

    @Override
    public Publication restoreAttributes(Publication publication, String saved) {
        return engine.run(script.timeout(), () -> attached(publication,
                objects.state(publication, prelude.invokeMember("restore", saved))));
    }

    @Override
    public List<Message> catchup(Subscription subscription) {
        return replay(subscription, Optional.empty()).orElse(List.of());
    }

    @Override
    public Optional<List<Message>> replay(Subscription subscription, Optional<GapReason> gap) {
        return engine.run(script.timeout(), () -> {
            Value found = prelude.invokeMember("catchup", functions.get(Hook.CATCHUP), objects.state(subscription),
                    subscription.lastEventId().orElse(null), gap.map(GapReason::toString).orElse(null));
            if (found.isNull()) {
                return Optional.empty();
            }
            List<Message> messages = new ArrayList<>();
            for (long i = 0; i < found.getArraySize(); i++) {
                messages.add(objects.message(found.getArrayElement(i)));
            }
            messages.removeIf(Message::isEmpty);
            return Optional.of(messages);
        });
    }

    @Override
    public Message message(Publication publication, Subscription subscription) {
        return engine.run(script.timeout(), () -> {
            Value result = prelude.invokeMember("message", functions.get(Hook.MESSAGE), objects.state(publication),
                    objects.state(subscription));
            if (result.isNull()) {
                return Message.EMPTY;
            }
            return result.isBoolean() ? publication.message() : objects.message(result);
        });
    }

    @Override
    public OptionalLong timeout(Subscription subscription, Duration elapsed) {
        return engine.run(script.timeout(), () -> {
            Value millis = prelude.invokeMember("timeout", functions.get(Hook.TIMEOUT), objects.state(subscription),
                    elapsed.toMillis());
            return millis.isNull() ? OptionalLong.empty() : OptionalLong.of((long) millis.asDouble());
        });
    }

    @Override
    public void unsubscribe(Subscription subscription) {
        engine.run(script.timeout(), () -> prelude.invokeMember("unsubscribe", functions.get(Hook.UNSUBSCRIBE),
                objects.state(subscription)));
    }

    @Override
    public void batch(Runnable calls) {
        engine.batch(calls);
    }

    @Override
    public void close() {
        engine.close();
    }
}
