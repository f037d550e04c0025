package dev.tinysse.luahooks;

import dev.tinysse.api.ChannelName;
import dev.tinysse.api.Channels;
import dev.tinysse.api.Message;
import dev.tinysse.api.Subscription;
import dev.tinysse.lua.runtime.LuaRuntime;
import dev.tinysse.lua.value.Table;
import dev.tinysse.luahooks.packages.ScriptClock;
import dev.tinysse.luahooks.packages.ServerAccess;
import dev.tinysse.luahooks.tables.SubscriptionTables;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The channels of tests: without any stream, and with a history that keeps what a script publishes, so that a test can look at
 * it. Safe for any thread.
 */
final class TestChannels implements Channels, ServerAccess {
    private static final int MAX_STORED = 10_000;

    private final ScriptClock clock;
    private volatile long now;
    private final Deque<StoredMessage> history = new ArrayDeque<>();
    private long ids;

    /** @param clock when messages are published */
    TestChannels(ScriptClock clock) {
        this.clock = clock;
    }

    @Override
    public Channels channels(LuaRuntime runtime) {
        now = clock.millis(runtime);
        return this;
    }

    @Override
    public Table sub(LuaRuntime runtime, Subscription subscription) {
        return SubscriptionTables.of(runtime, true, subscription).table();
    }

    @Override
    public synchronized Published publish(String channel, Message message) {
        String id = message.id().orElseGet(() -> "test-" + ++ids);
        Message.Builder withId = Message.builder().id(id).comments(message.comments());
        message.event().ifPresent(withId::event);
        message.data().ifPresent(withId::data);
        history.add(new StoredMessage(channel, withId.build(), now));
        if (history.size() > MAX_STORED) {
            history.remove();
        }
        return new Published(0, 0, Optional.of(id));
    }

    @Override
    public int subscribers(String channel) {
        ChannelName.requireName(channel);
        return 0;
    }

    @Override
    public int subscribers() {
        return 0;
    }

    @Override
    public List<ChannelInfo> list(String prefix) {
        return List.of();
    }

    @Override
    public synchronized List<StoredMessage> history(String channel, HistoryQuery query) {
        long oldest = query.sinceMillis().map(age -> now - age).orElse(Long.MIN_VALUE);
        List<StoredMessage> stored = history.stream().filter(message -> message.channel().equals(channel)).toList();
        int after = query.after().map(id -> indexOf(id, stored)).orElse(-1);
        List<StoredMessage> wanted = stored.stream().skip(after + 1).filter(message -> message.time() >= oldest)
                .toList();
        return wanted.subList(Math.max(0, wanted.size() - query.last()), wanted.size());
    }

    private static int indexOf(String id, List<StoredMessage> messages) {
        for (int i = 0; i < messages.size(); i++) {
            if (messages.get(i).message().id().equals(Optional.of(id))) {
                return i;
            }
        }
        return -1;
    }

    @Override
    public int disconnect(Predicate<Subscription> which) {
        return 0;
    }
}
