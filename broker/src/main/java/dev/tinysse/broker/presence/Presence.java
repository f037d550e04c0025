package dev.tinysse.broker.presence;

import dev.tinysse.api.ChannelName;
import dev.tinysse.api.Subscription;
import dev.tinysse.broker.stream.PresenceChange;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Knows which users are on which channels, on this node and on others, and tells of the first stream of a user and of the end of the
 * last. Safe for any thread: one lock gives the changes their order.
 *
 * <p>Only streams that name a channel are on it, and not those that match it with a pattern. A user whose last stream has ended stays
 * for a time of grace, so that a client that reconnects at once has never been absent.
 */
public final class Presence implements AutoCloseable {
    /** How long a user may be without a stream before having left. */
    static final Duration GRACE = Duration.ofSeconds(5);

    private final LongSupplier clock;
    private final Consumer<PresenceChange> announce;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Map<String, Present>> channels = new HashMap<>();
    private final Departures departures;
    private PresencePeers peers = (channel, sub, streams) -> {};

    /**
     * Nobody is there yet.
     *
     * @param clock nanoseconds that never go back
     * @param announce accepts each change, in order, under the lock: must not wait
     */
    public Presence(LongSupplier clock, Consumer<PresenceChange> announce) {
        this.clock = clock;
        this.announce = announce;
        this.departures = new Departures(lock, clock, this::leave);
    }

    /**
     * A stream has been opened on this node.
     *
     * @param subscription that of the stream; one without a user is not on any channel
     */
    public void opened(Subscription subscription) {
        subscription.user().ifPresent(sub -> changeHere(subscription, sub, 1));
    }

    /**
     * A stream that has been opened gets no more messages.
     *
     * @param subscription that of the stream
     */
    public void ended(Subscription subscription) {
        subscription.user().ifPresent(sub -> changeHere(subscription, sub, -1));
    }

    private void changeHere(Subscription subscription, String sub, int by) {
        lock.lock();
        try {
            for (String channel : subscription.channels()) {
                if (ChannelName.isName(channel)) {
                    Present present = present(channel, sub);
                    present.here += by;
                    changed(present, GRACE);
                    peers.here(channel, sub, present.here);
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * A user has so many streams on a channel of another node now.
     *
     * @param node its name
     * @param channel name of the channel
     * @param sub the user
     * @param streams 0 for none any more
     */
    public void elsewhere(String node, String channel, String sub, int streams) {
        lock.lock();
        try {
            Map<String, Present> users = channels.get(channel);
            if (streams > 0 || users != null && users.containsKey(sub)) {
                Present present = present(channel, sub);
                present.elsewhere(node, streams);
                changed(present, GRACE);
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Another node is gone, and with it its streams.
     *
     * @param node its name
     * @param silence for how long nothing has been heard of it, which is taken off the time of grace
     */
    public void nodeGone(String node, Duration silence) {
        Duration grace = silence.compareTo(GRACE) < 0 ? GRACE.minus(silence) : Duration.ZERO;
        lock.lock();
        try {
            List<Present> there = new ArrayList<>();
            channels.values().forEach(users -> users.values().stream().filter(user -> user.isOn(node))
                    .forEach(there::add));
            for (Present present : there) {
                present.elsewhere(node, 0);
                changed(present, grace);
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Tells other nodes from now on who is here, and first who is here already.
     *
     * @param others who carries it there
     */
    public void shareWith(PresencePeers others) {
        lock.lock();
        try {
            peers = others;
            channels.values().forEach(users -> users.values().stream().filter(user -> user.here > 0)
                    .forEach(user -> others.here(user.channel, user.sub, user.here)));
        } finally {
            lock.unlock();
        }
    }

    /**
     * Lists who is on a channel.
     *
     * @param channel its name
     * @return its users by name, those in their time of grace included
     */
    public List<PresentUser> list(String channel) {
        lock.lock();
        try {
            return channels.getOrDefault(channel, Map.of()).values().stream()
                    .map(user -> new PresentUser(user.sub, user.streams()))
                    .sorted(Comparator.comparing(PresentUser::sub)).toList();
        } finally {
            lock.unlock();
        }
    }

    /** {@return the channels that somebody is on} */
    Set<String> channels() {
        lock.lock();
        try {
            return Set.copyOf(channels.keySet());
        } finally {
            lock.unlock();
        }
    }

    /** Looks at the clock. */
    public void signal() {
        departures.signal();
    }

    /** Nobody leaves any more. */
    @Override
    public void close() {
        departures.close();
    }

    private Present present(String channel, String sub) {
        Map<String, Present> users = channels.computeIfAbsent(channel, _ -> new HashMap<>());
        Present present = users.get(sub);
        if (present == null) {
            present = new Present(channel, sub);
            users.put(sub, present);
        }
        return present;
    }

    private void changed(Present present, Duration grace) {
        if (present.streams() == 0) {
            if (!present.isLeaving()) {
                departures.add(present, clock.getAsLong() + grace.toNanos());
            }
            return;
        }
        present.stay();
        if (!present.announced) {
            present.announced = true;
            announce.accept(new PresenceChange(present.channel, present.sub, true, count(present.channel)));
        }
    }

    private int count(String channel) {
        return channels.getOrDefault(channel, Map.of()).size();
    }

    private void leave(Present present) {
        channels.computeIfPresent(present.channel, (_, users) -> {
            users.remove(present.sub);
            return users.isEmpty() ? null : users;
        });
        announce.accept(new PresenceChange(present.channel, present.sub, false, count(present.channel)));
    }
}
