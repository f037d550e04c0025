package dev.tinysse.client.bench;

import dev.tinysse.cli.ExitStatus;
import dev.tinysse.cli.FailedException;
import dev.tinysse.cli.Shown;
import dev.tinysse.cli.Stdio;
import dev.tinysse.client.http.Address;
import dev.tinysse.client.http.Request;
import dev.tinysse.client.sse.Event;
import dev.tinysse.client.sse.EventJson;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One run: opens the streams, publishes, and reports.
 *
 * @param stdio where to
 * @param options of the run
 */
public record Bench(Stdio stdio, BenchOptions options) {
    private static final int MIN_CONNECTIONS = 8;
    private static final int MAX_CONNECTIONS = 256;
    private static final double MESSAGES_PER_CONNECTION = 25;
    /** Between the last stream and the first message, so that what the streams have begun, compilations too, is over. */
    private static final Duration UNTIL_START = Duration.ofMillis(500);
    private static final Duration WITHOUT_PROGRESS = Duration.ofSeconds(3);
    private static final Duration FOR_LAST_RESPONSES = Duration.ofSeconds(10);
    private static final Duration FOR_LAST_DELIVERIES = Duration.ofSeconds(10);
    private static final Duration POLL = Duration.ofMillis(10);
    private static final double SECOND = 1e9;
    private static final int WARM_UP_BYTES = 2_000_000;

    /**
     * Runs.
     *
     * @return the exit status
     * @throws FailedException if streams cannot be opened or nothing can be published
     */
    public int run() throws FailedException {
        Address address = options.address();
        InetSocketAddress server = new InetSocketAddress(address.host(), address.port());
        if (server.isUnresolved()) {
            throw new FailedException("%s: unknown host".formatted(address));
        }
        Marker marker = Marker.of(new SecureRandom().nextInt());
        warmUp(marker);
        try (EventLoop loop = new EventLoop()) {
            Streams streams = new Streams(loop, server, request("GET", new byte[0]), marker.pattern());
            streams.open(options.streams());
            Publishers publishers = new Publishers(loop, server, NumberedRequest.of(message(marker), marker)::number,
                    (int) Math.min(MAX_CONNECTIONS,
                            Math.max(MIN_CONNECTIONS, options.rate() / MESSAGES_PER_CONNECTION)));
            loop.afterEach(publishers::publish);
            return run(streams, publishers);
        } catch (IOException e) {
            throw new FailedException("cannot connect to %s: %s".formatted(address, Shown.reason(e)));
        } catch (InterruptedException e) {
            return ExitStatus.FAILED;
        }
    }

    private int run(Streams streams, Publishers publishers) throws FailedException, IOException, InterruptedException {
        Schedule schedule = new Schedule(System.nanoTime() + UNTIL_START.toNanos(), options.rate());
        Thread progress = Thread.ofVirtual().unstarted(new Progress(stdio, options, streams, publishers, schedule));
        if (System.console() != null) {
            progress.start();
        }
        try {
            streams.expect(schedule);
            publishers.begin(schedule, options.messages());
            publish(streams, publishers, schedule);
            awaitDeliveries(streams, publishers.accepted() * options.streams());
        } finally {
            progress.interrupt();
            progress.join();
        }
        long expected = publishers.accepted() * options.streams();
        Report report = new Report(publishers.accepted(), publishers.refused(), streams.deliveries(),
                Math.max(0, expected - streams.deliveries()), options.streams(),
                Math.max(0, streams.lastDelivery() - schedule.start()) / SECOND, streams.latencies());
        print(options.json() ? report.json() : report.text());
        publishers.firstFailure().ifPresent(why -> stdio.say("%d messages were refused, the first: %s"
                .formatted(publishers.refused(), why)));
        if (streams.openStreams() < options.streams()) {
            stdio.say("%d streams have ended: %s".formatted(options.streams() - streams.openStreams(),
                    streams.failure()));
        }
        return publishers.refused() == 0 ? ExitStatus.OK : ExitStatus.FAILED;
    }

    /** Publishes, and waits for the last responses. What cannot be sent within their time, since the server is away, is not sent. */
    private void publish(Streams streams, Publishers publishers, Schedule schedule)
            throws FailedException, IOException {
        long end = schedule.due(options.messages()) + FOR_LAST_RESPONSES.toNanos();
        while (!publishers.areDone() && streams.openStreams() > 0 && System.nanoTime() - end < 0) {
            publishers.reconnect();
            publishers.publish();
            streams.await(publishers.untilNext());
            if (publishers.accepted() == 0 && publishers.firstFailure().isPresent()) {
                throw new FailedException("the server rejects messages: " + publishers.firstFailure().get());
            }
        }
    }

    private static void awaitDeliveries(Streams streams, long expected) throws IOException {
        long begun = System.nanoTime();
        long progress = begun;
        while (streams.deliveries() < expected && streams.openStreams() > 0
                && System.nanoTime() - begun < FOR_LAST_DELIVERIES.toNanos()
                && System.nanoTime() - progress < WITHOUT_PROGRESS.toNanos()) {
            long before = streams.deliveries();
            streams.await(POLL.toNanos());
            progress = streams.deliveries() > before ? System.nanoTime() : progress;
        }
    }

    private void print(String text) throws FailedException {
        try {
            stdio.out().write((text + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new FailedException("cannot write the report: " + Shown.reason(e));
        }
    }

    private byte[] message(Marker marker) {
        Event event = new Event(Optional.empty(), Optional.empty(), Optional.of(marker.text(0, options.payload())),
                List.of(), Optional.empty());
        return request("POST", EventJson.of(event).getBytes(StandardCharsets.US_ASCII));
    }

    private byte[] request(String method, byte[] body) {
        Request request = new Request(method, options.address(), method.equals("GET")
                ? Map.of("Accept", "text/event-stream")
                : Map.of("Content-Type", "application/json"), body);
        return options.token().map(request::authorized).orElse(request).bytes();
    }

    /** Has the JVM compile what reads streams, so that the first messages do not seem slow. */
    private void warmUp(Marker marker) {
        byte[] event = ("event: x\ndata: " + marker.text(1, options.payload()) + "\n\n")
                .getBytes(StandardCharsets.US_ASCII);
        EventScanner scanner = new EventScanner(marker.pattern());
        Histogram histogram = new Histogram();
        for (int bytes = 0; bytes < WARM_UP_BYTES; bytes += event.length) {
            scanner.scan(event, 0, event.length, histogram::add);
        }
    }
}
