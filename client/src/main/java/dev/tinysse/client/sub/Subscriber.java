package dev.tinysse.client.sub;

import dev.tinysse.cli.ExitStatus;
import dev.tinysse.cli.FailedException;
import dev.tinysse.cli.Shown;
import dev.tinysse.cli.Stdio;
import dev.tinysse.client.http.ErrorText;
import dev.tinysse.client.http.Exchange;
import dev.tinysse.client.http.MalformedResponseException;
import dev.tinysse.client.http.Request;
import dev.tinysse.client.http.Response;
import dev.tinysse.client.sse.Event;
import dev.tinysse.client.sse.EventParser;
import dev.tinysse.client.sse.EventTooLargeException;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import javax.net.ssl.SSLHandshakeException;

/** Subscribes, and reconnects whenever the stream ends, until the server forbids it. For one thread. */
public final class Subscriber {
    private static final String BROKEN_PIPE = "Broken pipe";
    private static final int BUFFER = 64 * 1024;
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int BAD_REQUEST = 400;
    private static final int NO_CONTENT = 204;
    private static final int SERVER_ERROR = 500;
    private static final List<Integer> LATER = List.of(408, 421, 425, 429);

    private final Stdio stdio;
    private final SubscribeOptions options;
    private final Sink sink;
    private final Delivery delivery;
    private final Subscription subscription;
    private final Backoff backoff = new Backoff(RandomGenerator.getDefault());
    private boolean opened;
    private Optional<String> trouble = Optional.empty();

    /**
     * A subscriber.
     *
     * @throws FailedException if the state file cannot be used
     */
    public Subscriber(Stdio stdio, SubscribeOptions options) throws FailedException {
        this.stdio = stdio;
        this.options = options;
        sink = options.exec().<Sink>map(command -> new ExecSink(command, stdio))
                .orElseGet(() -> new OutputSink(stdio.out(), options.json(),
                        OutputFile.ofProcess().isTerminal()));
        Optional<State> state = options.state().map(file -> new State(file, OutputFile.ofProcess()));
        delivery = new Delivery(stdio, options, sink, state);
        Optional<String> saved = state.isPresent() ? state.get().lastId(stdio.out()) : Optional.empty();
        subscription = new Subscription(options.address(), options.token(), options.since(),
                saved.isPresent() ? saved : options.lastEventId());
    }

    /**
     * Runs to the end.
     *
     * @return the exit status
     * @throws FailedException if the server refuses for good, or an event cannot be handed on
     */
    public int run() throws FailedException {
        try {
            while (true) {
                Optional<Integer> status = attempt();
                if (status.isPresent()) {
                    return status.get();
                }
                Thread.sleep(backoff.next());
            }
        } catch (InterruptedException e) {
            return ExitStatus.FAILED;
        }
    }

    /** One stream, from its request to its end. The exit status, if it was the last. */
    private Optional<Integer> attempt() throws FailedException {
        long asked = System.nanoTime();
        Request request = subscription.request(asked);
        try (Exchange exchange = Exchange.of(request, options.silence())) {
            Response response = exchange.response();
            if (response.status() == NO_CONTENT) {
                return Optional.of(ExitStatus.OK);
            }
            if (response.status() != 200 || !response.isEventStream()) {
                refused(response);
                return Optional.empty();
            }
            opened(asked, exchange);
            return read(response.body())
                    ? Optional.empty()
                    : Optional.of(
                            sink.isWell() ? ExitStatus.OK : ExitStatus.FAILED);
        } catch (SSLHandshakeException e) {
            if (!opened) {
                throw new FailedException("%s: %s".formatted(options.address(), Shown.reason(e)));
            }
            say(Shown.reason(e));
        } catch (IOException e) {
            say(Shown.reason(e));
        }
        return Optional.empty();
    }

    private void opened(long asked, Exchange exchange) {
        opened = true;
        exchange.connection().endExchange();
        subscription.opened(asked);
        if (trouble.isPresent()) {
            stdio.say(options.address() + ": connected");
            trouble = Optional.empty();
        }
    }

    /** False when the stream is not to be had again. */
    private boolean read(InputStream body) throws FailedException {
        List<Event> events = new ArrayList<>();
        EventParser parser = new EventParser(options.maxEvent(), new EventParser.Handler() {
            @Override
            public void event(Event event) {
                events.add(event);
            }

            @Override
            public void retry(long millis) {
                backoff.retry(millis);
            }
        });
        byte[] buffer = new byte[BUFFER];
        for (int count = next(body, buffer); count >= 0; count = next(body, buffer)) {
            Optional<EventTooLargeException> failure = feed(parser, buffer, count);
            try {
                delivery.take(events).ifPresent(subscription::lastId);
            } catch (IOException e) {
                if (!BROKEN_PIPE.equals(e.getMessage())) {
                    throw new FailedException("cannot write to standard output: " + Shown.reason(e));
                }
                return false; // nobody reads any more
            }
            events.clear();
            if (delivery.isDone()) {
                return false;
            }
            if (failure.isPresent()) {
                throw new FailedException("%s: %s; --max-event-size allows more".formatted(options.address(),
                        failure.get().getMessage()));
            }
        }
        return true;
    }

    private static Optional<EventTooLargeException> feed(EventParser parser, byte[] bytes, int count) {
        try {
            parser.feed(bytes, 0, count);
            return Optional.empty();
        } catch (EventTooLargeException e) {
            return Optional.of(e); // behind events that are to be handed on
        }
    }

    /** How many bytes were read; below 0 at the end of the stream, however it ends. */
    private int next(InputStream body, byte[] buffer) {
        try {
            int count = body.read(buffer);
            if (count < 0) {
                backoff.opened();
            }
            return count;
        } catch (MalformedResponseException e) {
            say(Shown.reason(e)); // and the next stream is probably no better
            return -1;
        } catch (SocketTimeoutException e) {
            stdio.say("%s: no data for %s, reconnecting".formatted(options.address(), seconds(options.silence())));
            backoff.opened();
            return -1;
        } catch (IOException e) {
            backoff.opened();
            return -1;
        }
    }

    private static String seconds(Duration duration) {
        return duration.toMillis() % 1000 == 0 ? duration.toSeconds() + "s" : duration.toMillis() + "ms";
    }

    private void refused(Response response) throws FailedException {
        boolean wrongType = response.status() == 200;
        String text = wrongType
                ? "not an event stream: content-type=" + response.header("content-type").orElse("none")
                : ErrorText.of(response);
        if (isFinal(response.status()) || !opened && wrongType) {
            throw new FailedException("%s: %s".formatted(options.address(), text));
        }
        response.header("retry-after").filter(value -> value.matches("\\d{1,5}"))
                .ifPresent(value -> backoff.notBefore(Duration.ofSeconds(Long.parseLong(value))));
        say(text);
    }

    /** A request that is wrong stays wrong. Once there was a stream, other errors may be those of a proxy whose server is away. */
    private boolean isFinal(int status) {
        return status == UNAUTHORIZED || status == FORBIDDEN || status == BAD_REQUEST
                || !opened && status < SERVER_ERROR && !LATER.contains(status);
    }

    /** Says what is wrong, once for as long as it is so. */
    private void say(String text) {
        if (!trouble.equals(Optional.of(text))) {
            stdio.say("%s: %s, trying again".formatted(options.address(), text));
            trouble = Optional.of(text);
        }
    }
}
