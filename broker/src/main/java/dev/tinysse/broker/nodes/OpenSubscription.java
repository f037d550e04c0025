package dev.tinysse.broker.nodes;

import dev.tinysse.api.Subscription;
import dev.tinysse.broker.admin.StreamId;
import dev.tinysse.broker.codec.ByteSink;
import dev.tinysse.broker.codec.ByteSource;
import dev.tinysse.broker.codec.PublicationCodec;
import dev.tinysse.broker.codec.RequestCache;
import dev.tinysse.broker.hooks.HookCalls;
import java.util.List;
import java.util.Optional;

/**
 * An open stream for hooks.
 *
 * @param id that of the stream
 * @param subscription what hooks know about it
 */
public record OpenSubscription(StreamId id, Subscription subscription) {
    void put(ByteSink to, HookCalls hooks) {
        to.putLong(id.run());
        to.putLong(id.number());
        PublicationCodec.putRequest(to, subscription.request());
        Values.put(to, (Object) subscription.request().claims());
        Values.put(to, List.copyOf(subscription.channels()));
        Values.put(to, subscription.lastEventId());
        Values.put(to, subscription.user());
        Values.put(to, hooks.save(subscription));
    }

    static OpenSubscription get(ByteSource from, HookCalls hooks) {
        StreamId id = new StreamId(from.getLong(), from.getLong());
        var request = RequestCache.read(from);
        from.getByte(); // that claims are a map
        Subscription subscription = Subscription.of(request.withClaims(Values.map(from)))
                .withChannels(Values.texts(from));
        Optional<String> lastEventId = Values.text(from);
        if (lastEventId.isPresent()) {
            subscription = subscription.withLastEventId(lastEventId.get());
        }
        Optional<String> user = Values.text(from);
        if (!user.equals(subscription.user())) {
            subscription = subscription.withUser(user.orElse(""));
        }
        Optional<String> saved = Values.text(from);
        return new OpenSubscription(id,
                saved.isPresent() ? hooks.restore(subscription, saved.get()) : subscription);
    }
}
