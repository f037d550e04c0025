package dev.tinysse.broker;

import dev.tinysse.api.GapReason;
import dev.tinysse.api.Hook;
import dev.tinysse.api.Message;
import dev.tinysse.broker.delivery.BrokerParts;
import dev.tinysse.broker.delivery.DeliveryTask;
import dev.tinysse.broker.delivery.DeliveryThread;
import dev.tinysse.broker.delivery.Subscriber;
import dev.tinysse.broker.publish.DecisionSequence;
import dev.tinysse.broker.replay.ReplayStart;
import dev.tinysse.broker.stream.Gap;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * A stream that is catching up. For the thread that opens it.
 *
 * @param parts of the broker
 * @param thread that the subscriber belongs to
 * @param subscriber that has joined
 * @param joined the position up to which nothing comes to it by itself
 * @param start where in the log it begins; empty if nothing is stored
 */
record JoinedStream(BrokerParts parts, DeliveryThread thread, Subscriber subscriber, long joined,
        Optional<ReplayStart> start)
        implements
            OpenStream {
    /**
     * The maximum time for which a stream waits that has resumed while {@code publish} calls are under way: its client may have
     * seen what they are about to publish, since the script may have stored it already.
     */
    private static final Duration MAX_WAIT_FOR_CALLS = Duration.ofSeconds(5);

    @Override
    public Optional<GapReason> gap() {
        return start.flatMap(ReplayStart::gap).map(Gap::reason);
    }

    @Override
    public void goLive(List<Message> replay) {
        String channel = subscriber.subscription().channels().stream().findFirst().orElse("");
        List<byte[]> frames = replay.stream().filter(message -> !message.isEmpty())
                .map(message -> subscriber.isInEnvelopes()
                        ? parts.format().envelope(channel, message)
                        : parts.format().message(message))
                .toList();
        Set<String> ids = replay.stream().flatMap(message -> message.id().stream()).collect(Collectors.toSet());
        DecisionSequence calls = parts.decisions();
        long latest = calls.latest();
        Optional<String> seen = subscriber.subscription().lastEventId()
                .filter(id -> parts.hooks().calls().has(Hook.PUBLISH) && !calls.allClosed(latest));
        if (seen.isEmpty()) {
            thread.post(new DeliveryTask.GoLive(subscriber, frames, ids, latest, seen));
            return;
        }
        thread.post(new DeliveryTask.Replay(subscriber, frames));
        var _ = calls.whenAllClosed(latest)
                .completeOnTimeout(null, MAX_WAIT_FOR_CALLS.toMillis(), TimeUnit.MILLISECONDS)
                .thenRun(() -> thread.post(new DeliveryTask.GoLive(subscriber, List.of(), ids, latest, seen)));
    }

    @Override
    public void replay() {
        thread.post(new DeliveryTask.ReplayLog(subscriber, start, joined));
    }
}
