package dev.tinysse.client.sub;

import dev.tinysse.cli.FailedException;
import dev.tinysse.cli.Stdio;
import dev.tinysse.client.sse.Envelope;
import dev.tinysse.client.sse.Event;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Hands events on, each once, and remembers the last. For one thread. */
final class Delivery {
    private final Stdio stdio;
    private final SubscribeOptions options;
    private final Sink sink;
    private final Optional<State> state;
    private long left;

    Delivery(Stdio stdio, SubscribeOptions options, Sink sink, Optional<State> state) {
        this.stdio = stdio;
        this.options = options;
        this.sink = sink;
        this.state = state;
        left = options.count().orElse(Long.MAX_VALUE);
    }

    /** Whether the requested number of events has been delivered. */
    boolean isDone() {
        return left == 0;
    }

    /**
     * Takes what was read at once.
     *
     * @return the id of the last event that is done with, if one has an id
     * @throws IOException if nobody reads the output any more, or it cannot be written
     */
    Optional<String> take(List<Event> events) throws IOException, FailedException {
        Optional<String> lastId = Optional.empty();
        int taken = 0;
        while (taken < events.size() && !isDone()) {
            List<Event> wanted = new ArrayList<>();
            Optional<String> id = Optional.empty();
            while (taken < events.size() && wanted.size() < sink.batch() && !isDone()) {
                Event event = events.get(taken++);
                id = event.id().or(optional(id));
                want(options.envelope() ? Envelope.open(event) : event, wanted);
            }
            handOn(wanted, id);
            lastId = id.or(optional(lastId));
        }
        return lastId;
    }

    private static Supplier<Optional<String>> optional(Optional<String> id) {
        return () -> id;
    }

    private void want(Event event, List<Event> wanted) {
        if (event.isGap()) {
            stdio.say("messages were lost that are no longer in the history: " + event.data().orElse(""));
            if (sink.takes(event)) {
                wanted.add(event);
            }
        } else if (sink.takes(event) && options.wants(event.name())) {
            wanted.add(event);
            left--;
        }
    }

    private void handOn(List<Event> wanted, Optional<String> id) throws IOException, FailedException {
        boolean remembers = state.isPresent() && id.isPresent();
        if (!wanted.isEmpty()) {
            if (remembers) {
                state.get().begin(id.get(), sink.bytes(wanted));
            }
            sink.handOn(wanted);
        }
        if (remembers) {
            state.get().save(id.get());
        }
    }
}
