package dev.tinysse.examples.js;

import dev.tinysse.api.HookException;
import dev.tinysse.api.Message;
import dev.tinysse.api.Publication;
import dev.tinysse.api.Refusal;
import dev.tinysse.api.Request;
import dev.tinysse.api.Subscription;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import org.graalvm.polyglot.Value;
import org.graalvm.polyglot.proxy.ProxyArray;

/** Makes objects of JavaScript of what the server knows, and messages of what scripts return. Only for the thread in the context. */
record JsObjects(JsHooks owner, Value prelude, boolean channels) {

    /** The server's options, as one object. */
    Value options(Map<String, Object> options) {
        return prelude.invokeMember("options", list(options.keySet()), list(options.values()));
    }

    /** The state of a publication, created at first use. */
    Value state(Publication publication) {
        Optional<JsState> known = publication.get(JsState.KEY).filter(state -> state.owner() == owner);
        return known.filter(state -> state.isOf(publication)).map(JsState::value).orElseGet(
                () -> state(publication, known.map(state -> state.value().getMember("stored")).orElse(null)));
    }

    /** A publication on which {@code publish} has set these keys; null for none. */
    Value state(Publication publication, Value stored) {
        Message message = publication.message();
        return prelude.invokeMember("publication", request(publication.request()), auth(publication.request()),
                channels ? publication.channel() : null, message.id().orElse(null), message.event().orElse(null),
                message.data().orElse(null), list(message.comments()), stored);
    }

    /** The state of a stream, created at first use. */
    Value state(Subscription subscription) {
        return subscription.get(JsState.KEY).filter(state -> state.owner() == owner).map(JsState::value)
                .orElseGet(() -> prelude.invokeMember("subscription", request(subscription.request()),
                        auth(subscription.request()), channels ? list(subscription.channels()) : null));
    }

    private Value request(Request request) {
        return prelude.invokeMember("request", request.method(), request.uri(), request.path(), request.query(),
                request.ip(), request.port(), list(request.headers().keySet()), list(request.headers().values()));
    }

    /** The claims of a request's token; null if it has none. */
    private Object auth(Request request) {
        return request.claims().isEmpty() ? null : claim(request.claims());
    }

    private Object claim(Object value) {
        return switch (value) {
            case Map<?, ?> map -> prelude.invokeMember("claims", list(map.keySet()),
                    list(map.values().stream().map(this::claim).toList()));
            case List<?> values -> prelude.invokeMember("claimList", list(values.stream().map(this::claim).toList()));
            case Long number -> number.doubleValue();
            default -> value;
        };
    }

    static ProxyArray list(Iterable<?> items) {
        List<Object> list = new ArrayList<>();
        items.forEach(list::add);
        return ProxyArray.fromList(list);
    }

    /** A message that the prelude has read; without a field if it could not be written to a stream. */
    Message message(Value read) {
        Message.Builder message = Message.builder();
        if (read.getMember("id").isString()) {
            message.id(read.getMember("id").asString());
        }
        if (read.getMember("event").isString()) {
            message.event(read.getMember("event").asString());
        }
        if (read.getMember("data").isString()) {
            message.data(read.getMember("data").asString());
        }
        Value comment = read.getMember("comment");
        if (comment.hasArrayElements()) {
            message.comments(LongStream.range(0, comment.getArraySize())
                    .mapToObj(i -> comment.getArrayElement(i).asString()).toList());
        }
        try {
            return message.build();
        } catch (IllegalArgumentException e) {
            System.getLogger("tinysse.js").log(Level.WARNING, "message is not delivered: " + e.getMessage());
            return Message.EMPTY;
        }
    }

    /** {@code publication} as the hook has left it. */
    Publication changed(Publication publication, Value state) {
        Message message = message(state.getMember("msg"));
        Publication changed = message.equals(publication.message()) ? publication : publication.withMessage(message);
        return channels ? named(() -> changed.withChannel(state.getMember("channel").asString())) : changed;
    }

    /** {@code subscription} as the hook has left it. */
    Subscription changed(Subscription subscription, Value state) {
        Subscription changed = state.hasMember("user") && state.getMember("user").isString()
                ? subscription.withUser(state.getMember("user").asString())
                : subscription;
        Value names = state.getMember("channels");
        return channels
                ? named(() -> changed.withChannels(LongStream.range(0, names.getArraySize())
                        .mapToObj(i -> names.getArrayElement(i).asString()).toList()))
                : changed;
    }

    private <T> T named(Supplier<T> change) {
        try {
            return change.get();
        } catch (IllegalArgumentException e) {
            throw new HookException(owner.file() + ": " + e.getMessage(), e);
        }
    }

    /** How a hook refuses, as the prelude has read it. */
    Refusal refusal(String hook, Value read) {
        Value status = read.getMember("status");
        Value error = read.getMember("error");
        Map<String, String> headers = new LinkedHashMap<>();
        for (long i = 0; i < read.getMember("names").getArraySize(); i++) {
            headers.put(read.getMember("names").getArrayElement(i).asString(),
                    text(read.getMember("values").getArrayElement(i)));
        }
        try {
            return new Refusal(status.isNull() ? Refusal.DEFAULT.status() : status(status),
                    error.isNull() ? Optional.empty() : Optional.of(text(error)), headers);
        } catch (IllegalArgumentException e) {
            throw new HookException(owner.file() + ": " + hook + " refuses in a way that cannot be sent: " + e.getMessage(), e);
        }
    }

    private static int status(Value value) {
        if (!value.fitsInInt()) {
            throw new IllegalArgumentException("status must be a whole number: status is " + value);
        }
        return value.asInt();
    }

    private static String text(Value value) {
        return value.isString() ? value.asString() : value.toString();
    }
}
