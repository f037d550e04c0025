package dev.tinysse.api.tck;

import dev.tinysse.api.ChannelName;
import dev.tinysse.api.Channels;
import dev.tinysse.api.Message;
import dev.tinysse.api.Subscription;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** The channels of a server with two streams, whose queries are {@code good} and {@code bad}, and two messages in its history. */
final class SmallServer implements Channels {
    private final List<String> calls = new ArrayList<>();
    private final List<Subscription> streams = new ArrayList<>(
            List.of(ScriptRig.subscription("good"), ScriptRig.subscription("bad")));

    /** The requests to publish and to read, in order. */
    List<String> calls() {
        return calls;
    }

    @Override
    public Published publish(String channel, Message message) {
        calls.add(ChannelName.requireName(channel) + " " + message);
        return new Published(2, 3, Optional.of("id-1"));
    }

    @Override
    public int subscribers(String channel) {
        return ChannelName.requireName(channel).length();
    }

    @Override
    public int subscribers() {
        return streams.size();
    }

    @Override
    public List<ChannelInfo> list(String prefix) {
        return List.of(new ChannelInfo(prefix + "ews", 2), new ChannelInfo(prefix + "ow", 1));
    }

    @Override
    public List<StoredMessage> history(String channel, HistoryQuery query) {
        calls.add(channel + " " + query);
        return List.of(new StoredMessage(channel, Message.builder().id("8").data("x").build(), 1_764_103_000_123L),
                new StoredMessage(channel, Message.of("y"), 1_764_103_000_124L));
    }

    @Override
    public int disconnect(Predicate<Subscription> which) {
        List<Subscription> ended = streams.stream().filter(which).toList();
        streams.removeAll(ended);
        return ended.size();
    }
}
