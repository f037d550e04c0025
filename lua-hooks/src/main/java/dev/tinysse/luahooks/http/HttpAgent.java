package dev.tinysse.luahooks.http;

import java.lang.ref.Cleaner;
import java.lang.ref.Reference;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongPredicate;

/**
 * Sends requests over connections of its own, which it keeps for the next ones. Any number of threads may use it at once. What
 * it needs is made for the first request and given back by {@link #close}, or some time after nobody refers to it any more.
 */
public final class HttpAgent implements AutoCloseable {

    private static final Cleaner CLEANER = Cleaner.create();
    private static final int MAX_REDIRECTS = 9;

    static {
        ClientSettings.apply();
    }

    private final ClientRequests requests;
    private final BodyHandler<byte[]> body;
    private final Clients clients = new Clients();
    private final Cleaner.Cleanable cleanable = CLEANER.register(this, clients::close);

    /**
     * @param name    the user agent of requests that name none
     * @param maxBodySize how many bytes the body of a response may have; 0 for any number
     * @param room whether the heap has room for so many bytes more; asked by any thread, with a maximum only
     */
    public HttpAgent(String name, long maxBodySize, LongPredicate room) {
        this.requests = new ClientRequests(name);
        this.body = maxBodySize == 0
                ? BodyHandlers.ofByteArray()
                : BodyHandlers.limiting(_ -> new BodyReader(room), maxBodySize);
    }

    /**
     * Sends a request and follows where the responses lead, nine times at most. An interrupted thread leaves at once.
     *
     * @param timeout the time until the whole response must be there, over all redirects; absent for any time
     * @return the last response, whatever its status
     * @throws HttpException if there is none
     */
    public Response send(Request request, Optional<Duration> timeout) throws HttpException, InterruptedException {
        Deadline deadline = new Deadline(timeout);
        Request current = request;
        for (int hops = 0;; hops++) {
            Response response = exchange(current, deadline);
            Optional<Request> next = Redirects.next(current, response);
            if (next.isEmpty()) {
                return response;
            }
            if (hops == MAX_REDIRECTS) {
                throw new HttpException(
                        "error following redirect for url (" + current.shownUrl() + "): too many redirects", null);
            }
            current = next.get();
        }
    }

    private Response exchange(Request request, Deadline deadline) throws HttpException, InterruptedException {
        AtomicBoolean responded = new AtomicBoolean();
        BodyHandler<byte[]> reading = reading(body, responded);
        try {
            HttpRequest sent = requests.of(request);
            return response(deadline.await(() -> clients.send(sent, reading)));
        } catch (ExecutionException | TimeoutException e) {
            throw new HttpException(
                    (responded.get() ? "error decoding response body" : "error sending request") + " for url ("
                            + request.shownUrl() + "): " + Causes.describe(e),
                    e);
        } finally {
            // a script may have forgotten the agent already; its connections are needed until here
            Reference.reachabilityFence(this);
        }
    }

    /** Knows nothing of the agent: a client keeps the handler of an exchange that went wrong, and would keep the agent. */
    private static BodyHandler<byte[]> reading(BodyHandler<byte[]> body, AtomicBoolean responded) {
        return head -> {
            responded.set(true);
            return body.apply(head);
        };
    }

    private static Response response(HttpResponse<byte[]> received) {
        List<Header> headers = received.headers().map().entrySet().stream()
                .map(field -> new Header(field.getKey(), field.getValue().getLast())).toList();
        return new Response(received.statusCode(), headers, received.body());
    }

    /** Closes the connections; a call that waits for a response, or sends a request afterwards, fails. */
    @Override
    public void close() {
        cleanable.clean();
    }
}
