package dev.tinysse.broker.publish;

import dev.tinysse.broker.log.Append;
import dev.tinysse.broker.log.LogException;
import dev.tinysse.broker.log.Peer;
import dev.tinysse.broker.log.PublishKey;
import dev.tinysse.broker.log.PublishResult;
import dev.tinysse.broker.log.SharedLog;
import dev.tinysse.broker.tck.EmptyLog;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A log that stores nothing but responses, and completes an append when the test wants it. Safe for any thread. */
final class HeldLog extends EmptyLog implements SharedLog {
    private final boolean history;
    private final boolean shared;
    private final List<Append> appends = new CopyOnWriteArrayList<>();
    private final Map<PublishKey, Append.Outcome> responses = new ConcurrentHashMap<>();
    private volatile boolean holding;
    private volatile Optional<Exception> failure = Optional.empty();
    private volatile Optional<LogException> failureToFind = Optional.empty();

    HeldLog(boolean history, boolean shared) {
        this.history = history;
        this.shared = shared;
    }

    /** Appends wait from now on until {@link #commit}. */
    void hold() {
        holding = true;
    }

    /** Appends fail from now on. */
    void fail(Exception with) {
        failure = Optional.of(with);
    }

    /** Stored responses cannot be found from now on. */
    void failToFind(LogException with) {
        failureToFind = Optional.of(with);
    }

    /** A response is stored. */
    void store(PublishKey key, Append.Outcome outcome) {
        responses.put(key, outcome);
    }

    /** {@return what has been appended} */
    List<Append> appends() {
        return appends;
    }

    /** {@return the data of what has been appended} */
    List<String> data() {
        return appends.stream().flatMap(append -> append.items().stream())
                .map(item -> item.publication().message().data().orElse("")).toList();
    }

    /** Completes an append as a log that counts one stream. */
    void commit(Append append) {
        List<PublishResult.Accepted> accepted = new ArrayList<>();
        for (int i = 0; i < append.items().size(); i++) {
            accepted.add(new PublishResult.Accepted(1, 1,
                    history ? Optional.of("id" + appends.indexOf(append) + "-" + i) : Optional.empty()));
        }
        append.outcome().complete(new Append.Outcome.Committed(accepted));
    }

    @Override
    public void append(Append append) {
        appends.add(append);
        if (failure.isPresent()) {
            append.outcome().completeExceptionally(failure.get());
        } else if (append.key().isPresent() && responses.containsKey(append.key().get())) {
            append.outcome().complete(responses.get(append.key().get()));
        } else if (!holding) {
            commit(append);
        }
    }

    @Override
    public Optional<Append.Outcome> findResponse(PublishKey key) throws LogException {
        if (failureToFind.isPresent()) {
            throw failureToFind.get();
        }
        return Optional.ofNullable(responses.get(key));
    }

    @Override
    public boolean hasHistory() {
        return history;
    }

    @Override
    public Optional<SharedLog> shared() {
        return shared ? Optional.of(this) : Optional.empty();
    }

    @Override
    public String node() {
        return "here";
    }

    @Override
    public void join(Peer here) {
        // there are no other nodes
    }

    @Override
    public List<byte[]> request(byte[] request) {
        return List.of();
    }

    @Override
    public boolean isConnected() {
        return true;
    }

    @Override
    public boolean awaitReadable() {
        return false;
    }

    @Override
    public void stopWaiting() {
        // nothing waits for a backend
    }

    @Override
    public void giveUpAppends() {
        // nothing waits for a backend
    }
}
