package dev.tinysse.luahooks.packages;

import dev.tinysse.api.Channels;
import dev.tinysse.api.HookException;
import dev.tinysse.api.Message;
import dev.tinysse.api.Request;
import dev.tinysse.api.Subscription;
import dev.tinysse.lua.runtime.LuaRuntime;
import dev.tinysse.lua.value.Strings;
import dev.tinysse.lua.value.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** A server with three streams, which remembers what it is asked. */
final class FakeServer implements ServerAccess, Channels {
    final List<String> calls = new ArrayList<>();
    final List<Subscription> streams = new ArrayList<>(
            List.of(stream("anna"), stream("bob"), stream("carl")));
    Runnable publishing = () -> {};

    private static Subscription stream(String query) {
        return Subscription.of(new Request("GET", "/sse", "/sse", query, "127.0.0.1", 1, Map.of()));
    }

    @Override
    public Channels channels(LuaRuntime runtime) {
        return this;
    }

    @Override
    public Table sub(LuaRuntime runtime, Subscription subscription) {
        Table sub = runtime.newTable();
        sub.rawset("name", Strings.of(subscription.request().query()));
        return sub;
    }

    @Override
    public Published publish(String channel, Message message) {
        publishing.run();
        calls.add(channel + " " + message);
        if (channel.equals("full")) {
            throw new HookException("history is full");
        }
        return new Published(2, 3, message.id());
    }

    @Override
    public int subscribers(String channel) {
        return channel.length();
    }

    @Override
    public int subscribers() {
        return streams.size();
    }

    @Override
    public List<ChannelInfo> list(String prefix) {
        return prefix.equals("none") ? List.of() : List.of(new ChannelInfo(prefix + "a", 1), new ChannelInfo("b", 2));
    }

    @Override
    public List<StoredMessage> history(String channel, HistoryQuery query) {
        calls.add(channel + " " + query);
        return channel.equals("none")
                ? List.of()
                : List.of(
                        new StoredMessage(channel,
                                Message.builder().id("1").event("e").data("d").comments(List.of("c")).build(),
                                5),
                        new StoredMessage(channel, Message.of("x"), 6));
    }

    @Override
    public int disconnect(Predicate<Subscription> which) {
        int before = streams.size();
        streams.removeIf(which);
        return before - streams.size();
    }

    Optional<String> lastCall() {
        return calls.isEmpty() ? Optional.empty() : Optional.of(calls.getLast());
    }
}
