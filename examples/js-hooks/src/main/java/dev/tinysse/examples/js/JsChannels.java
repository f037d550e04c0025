package dev.tinysse.examples.js;

import dev.tinysse.api.ChannelName;
import dev.tinysse.api.Channels;
import dev.tinysse.api.HookContext;
import dev.tinysse.api.Message;
import dev.tinysse.api.Subscription;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.LongStream;
import org.graalvm.polyglot.Value;
import org.graalvm.polyglot.proxy.ProxyExecutable;
import org.graalvm.polyglot.proxy.ProxyObject;

/**
 * The operations of scripts on channels and streams. Only for the thread in the context; calls that may wait leave it.
 *
 * @param state what prelude.js knows of a stream
 */
record JsChannels(JsEngine engine, HookContext context, Function<Subscription, Value> state) {
    private static final int DEFAULT_LAST = 100;

    /** The functions, as prelude.js calls them: arguments are of the right types, or null. */
    ProxyObject object() {
        return ProxyObject.fromMap(Map.of("publish", (ProxyExecutable) this::publish, "subscribers",
                (ProxyExecutable) this::subscribers, "channels", (ProxyExecutable) this::channels, "history",
                (ProxyExecutable) this::history, "disconnect", (ProxyExecutable) this::disconnect));
    }

    private Object publish(Value... arguments) {
        Message message = message(arguments);
        String channel = text(arguments[4]).orElse(ChannelName.DEFAULT);
        Channels.Published published = engine.outside(() -> context.channels().publish(channel, message));
        Map<String, Object> result = new HashMap<>(
                Map.of("queued", published.queued(), "subscribers", published.subscribers()));
        published.id().ifPresent(id -> result.put("id", id));
        return ProxyObject.fromMap(result);
    }

    private static Message message(Value... arguments) {
        Message.Builder message = Message.builder();
        text(arguments[0]).ifPresent(message::id);
        text(arguments[1]).ifPresent(message::event);
        text(arguments[2]).ifPresent(message::data);
        return message.comments(LongStream.range(0, arguments[3].getArraySize())
                .mapToObj(i -> arguments[3].getArrayElement(i).asString()).toList()).build();
    }

    private Object subscribers(Value... arguments) {
        return text(arguments[0]).map(context.channels()::subscribers).orElseGet(context.channels()::subscribers);
    }

    private Object channels(Value... arguments) {
        return JsObjects.list(context.channels().list(arguments[0].asString()).stream()
                .map(channel -> ProxyObject.fromMap(Map.of("name", channel.name(), "subscribers", channel.subscribers())))
                .toList());
    }

    private Object history(Value... arguments) {
        String channel = arguments[0].asString();
        Channels.HistoryQuery query = new Channels.HistoryQuery(text(arguments[1]),
                number(arguments[2]).map(Double::longValue),
                number(arguments[3]).map(Double::intValue).orElse(DEFAULT_LAST));
        List<Channels.StoredMessage> stored = engine.outside(() -> context.channels().history(channel, query));
        return JsObjects.list(stored.stream().map(JsChannels::object).toList());
    }

    private static ProxyObject object(Channels.StoredMessage stored) {
        Message message = stored.message();
        Map<String, Object> object = new HashMap<>(Map.of("channel", stored.channel(), "time", stored.time(), "comment",
                JsObjects.list(message.comments())));
        message.id().ifPresent(id -> object.put("id", id));
        message.event().ifPresent(event -> object.put("event", event));
        message.data().ifPresent(data -> object.put("data", data));
        return ProxyObject.fromMap(object);
    }

    /** Asks the script about each stream first, so that no lock of the server is held meanwhile. */
    private Object disconnect(Value... arguments) {
        List<Subscription> streams = new ArrayList<>();
        engine.outside(() -> context.channels().disconnect(stream -> {
            streams.add(stream);
            return false;
        }));
        Set<Subscription> chosen = Collections.newSetFromMap(new IdentityHashMap<>());
        for (Subscription stream : streams) {
            if (arguments[0].execute(state.apply(stream)).asBoolean()) {
                chosen.add(stream);
            }
        }
        return engine.outside(() -> context.channels().disconnect(chosen::contains));
    }

    private static Optional<String> text(Value value) {
        return value.isNull() ? Optional.empty() : Optional.of(value.asString());
    }

    private static Optional<Double> number(Value value) {
        return value.isNull() ? Optional.empty() : Optional.of(value.asDouble());
    }
}
