package dev.tinysse.broker.publish;

import dev.tinysse.api.Decision;
import dev.tinysse.api.Hook;
import dev.tinysse.api.Hooks;
import dev.tinysse.api.Message;
import dev.tinysse.api.Publication;
import dev.tinysse.api.Request;
import dev.tinysse.broker.TextFormat;
import dev.tinysse.broker.dispatch.BackPressure;
import dev.tinysse.broker.dispatch.Dispatcher;
import dev.tinysse.broker.dispatch.WorkerQueue;
import dev.tinysse.broker.hooks.HookCalls;
import dev.tinysse.broker.log.EventLog;
import dev.tinysse.broker.log.PublishKey;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;

/** A publisher without streams, its hook, and short ways to make requests. Safe for any thread. */
final class PublisherRig {
    static final Request REQUEST = new Request("POST", "/sse", "/sse", "", "192.0.2.1", 1, Map.of());
    private static final int CAPACITY = 16;
    private static final Executor THREADS = task -> Thread.ofPlatform().daemon().start(task);

    final DecisionSequence decisions = new DecisionSequence();
    final Publisher publisher;
    private volatile Function<Publication, Decision<Publication>> hook = Decision::accept;

    PublisherRig(EventLog log, Hook... defined) {
        List<WorkerQueue> queues = List.of(new WorkerQueue());
        publisher = new Publisher(new HookCalls(new Hooks() {
            @Override
            public Set<Hook> defined() {
                return Set.of(defined);
            }

            @Override
            public Decision<Publication> decide(Publication publication, Runnable sequence) {
                sequence.run();
                return hook.apply(publication);
            }

            @Override
            public Optional<String> saveAttributes(Publication publication) {
                return Optional.of("saved");
            }
        }), decisions, log, new Dispatcher(CAPACITY, TextFormat.PLAIN, queues),
                new BackPressure(CAPACITY, queues), Optional.empty());
    }

    /** Decides about publications from now on. */
    void hook(Function<Publication, Decision<Publication>> decides) {
        hook = decides;
    }

    static Publication publication(String data) {
        return Publication.of(REQUEST, Message.of(data));
    }

    static PublishRequest single(String data) {
        return PublishRequest.of(publication(data));
    }

    static PublishRequest single(String data, PublishKey key) {
        return new PublishRequest(List.of(publication(data)), false, Optional.of(key));
    }

    static PublishRequest batch(String... data) {
        return new PublishRequest(Arrays.stream(data).map(PublisherRig::publication).toList(), true, Optional.empty());
    }

    static PublishRequest batch(PublishKey key, String... data) {
        return new PublishRequest(batch(data).publications(), true, Optional.of(key));
    }

    static PublishKey key(String key) {
        return PublishKey.of("default", key, "digest");
    }

    /** Publishes on a thread of its own. */
    CompletableFuture<PublishReply> publishAside(PublishRequest request) {
        return CompletableFuture.supplyAsync(() -> publisher.publish(request), THREADS);
    }
}
