package dev.tinysse.client;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/**
 * A server on the loopback that gives scripted responses, one for each request, over whatever connection it comes; when there is none
 * left, a 204. Safe for any thread.
 */
final class FakeServer implements AutoCloseable {
    private final ServerSocket listener;
    private final Queue<Response> responses = new ConcurrentLinkedQueue<>();
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final CountDownLatch closed = new CountDownLatch(1);

    /**
     * A request.
     *
     * @param connection its number, from 1 on
     * @param line method, target and version
     * @param headers by names in lower case
     */
    record Request(int connection, String line, Map<String, String> headers, String body) {}

    /** Responds to a request; one that throws closes the connection. */
    @FunctionalInterface
    interface Response {
        void to(OutputStream out) throws IOException, InterruptedException;
    }

    FakeServer(Response... responses) {
        this.responses.addAll(Arrays.asList(responses));
        try {
            listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::accept);
    }

    String url(String path) {
        return "http://127.0.0.1:" + listener.getLocalPort() + path;
    }

    FakeServer then(Response... more) {
        responses.addAll(Arrays.asList(more));
        return this;
    }

    List<Request> requests() {
        return requests;
    }

    /** The header of each request, null for a request without it. */
    List<String> headers(String name) {
        return requests.stream().map(request -> request.headers().get(name)).toList();
    }

    static Response raw(String text) {
        return out -> out.write(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Something, and then the end of the connection. */
    static Response cut(String text) {
        return out -> {
            raw(text).to(out);
            throw new IOException("closed");
        };
    }

    /** A stream of events that ends with its connection. */
    static Response stream(String events) {
        return cut("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n" + events);
    }

    /** A stream that stays open when these events have been sent. */
    Response open(String events) {
        return out -> {
            raw("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n" + events).to(out);
            closed.await();
        };
    }

    /** A response with a body of a known length, after which the connection stays open. */
    static Response response(String status, String headers, String body) {
        return raw("HTTP/1.1 " + status + "\r\n" + headers + "Content-Length: "
                + body.getBytes(StandardCharsets.UTF_8).length + "\r\n\r\n" + body);
    }

    private void accept() {
        for (int number = 1;; number++) {
            try {
                Socket socket = listener.accept();
                sockets.add(socket);
                int connection = number;
                Thread.ofVirtual().start(() -> serve(socket, connection));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket socket, int connection) {
        try (socket) {
            InputStream in = new BufferedInputStream(socket.getInputStream());
            for (String line = line(in); !line.isEmpty(); line = line(in)) {
                requests.add(read(in, connection, line));
                Response response = responses.poll();
                (response == null ? raw("HTTP/1.1 204 No Content\r\n\r\n") : response).to(socket.getOutputStream());
            }
        } catch (IOException | InterruptedException e) {
            // the connection is closed
        }
    }

    private static Request read(InputStream in, int connection, String line) throws IOException {
        Map<String, String> headers = new LinkedHashMap<>();
        for (String header = line(in); !header.isEmpty(); header = line(in)) {
            int colon = header.indexOf(':');
            headers.put(header.substring(0, colon).toLowerCase(Locale.ROOT), header.substring(colon + 1).strip());
        }
        int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
        return new Request(connection, line, headers, new String(in.readNBytes(length), StandardCharsets.UTF_8));
    }

    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
            if (c != '\r') {
                line.write(c);
            }
        }
        return line.toString(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        closed.countDown();
        try {
            listener.close();
            for (Socket socket : sockets) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
