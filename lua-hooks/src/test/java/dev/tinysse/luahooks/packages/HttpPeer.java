package dev.tinysse.luahooks.packages;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/**
 * A server on the loopback that responds well and badly. {@code /echo} returns the request; the other routes are
 * named for what they do.
 */
final class HttpPeer implements AutoCloseable {

    private final ServerSocket socket;
    private final AtomicInteger connections = new AtomicInteger();
    private final Map<String, AtomicInteger> hits = new ConcurrentHashMap<>();
    private volatile Map<String, List<String>> last = Map.of();

    HttpPeer() {
        try {
            socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.startVirtualThread(this::accept);
    }

    String url() {
        return "http://127.0.0.1:" + socket.getLocalPort();
    }

    /** How often an address that begins with {@code path} was requested. */
    int hits(String path) {
        return hits.entrySet().stream().filter(entry -> entry.getKey().startsWith(path))
                .mapToInt(entry -> entry.getValue().get()).sum();
    }

    /** The headers of the latest request. */
    Map<String, List<String>> lastHeaders() {
        return last;
    }

    private void accept() {
        try {
            while (true) {
                Socket connection = socket.accept();
                int number = connections.incrementAndGet();
                Thread.startVirtualThread(() -> serve(connection, number));
            }
        } catch (IOException _) {
            return;
        }
    }

    private void serve(Socket connection, int number) {
        try (connection) {
            InputStream in = new BufferedInputStream(connection.getInputStream());
            boolean open = true;
            while (open) {
                Asked asked = Asked.read(in, number);
                last = asked.headers;
                hits.computeIfAbsent(asked.target, _ -> new AtomicInteger()).incrementAndGet();
                open = respond(asked, connection.getOutputStream());
            }
        } catch (IOException | InterruptedException _) {
            return;
        }
    }

    /** Responds; gives whether the connection stays open. */
    private boolean respond(Asked asked, OutputStream out) throws IOException, InterruptedException {
        String[] path = URI.create(asked.path()).getPath().substring(1).split("/");
        switch (path[0]) {
            case "echo" -> write(out, asked, "200 OK", asked.toJson());
            case "status" ->
                write(out, asked, path[1] + " Status", path[1].matches("[23]04") ? "" : "status " + path[1]);
            case "slow" -> {
                Thread.sleep(Long.parseLong(path[1]));
                write(out, asked, "200 OK", "slow");
            }
            case "trickle" -> {
                send(out, "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nfirst");
                Thread.sleep(Long.parseLong(path[1]));
                send(out, "later");
            }
            case "redirect" -> {
                int left = Integer.parseInt(path[2]);
                String next = left == 0 ? "/echo/landed" : "/redirect/" + path[1] + "/" + (left - 1);
                write(out, asked, path[1] + " Moved\r\nLocation: " + next, "moved");
            }
            case "goto" ->
                write(out, asked, (path.length > 1 ? path[1] : "302") + " Moved\r\nLocation: " + asked.query(), "");
            case "loop" -> write(out, asked, "302 Found\r\nLocation: /loop", "");
            case "large" -> write(out, asked, "200 OK", "x".repeat(Integer.parseInt(path[1])));
            case "bytes" -> write(out, asked, "200 OK", everyByte());
            case "headers" -> write(out, asked, "200 OK\r\nX-MiXeD-Case: Left As Is\r\nX-Multi: one\r\nX-Multi: two\r\n"
                    + "X-Latin: caf\u00e9\r\nX-Empty:", "");
            case "packed" -> write(out, asked, "200 OK\r\nContent-Encoding: gzip", "\u001f\u008bno gzip at all");
            case "chunked" -> send(out, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
                    + "3\r\none\r\n3\r\ntwo\r\n5\r\nthree\r\n0\r\n\r\n");
            case "http10" -> send(out, "HTTP/1.0 200 OK\r\n\r\nuntil the end");
            case "half" -> send(out, "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n0123456789");
            case "garbage" -> send(out, "SSH-2.0-hello\r\n");
            case "close" -> out.flush();
            default -> write(out, asked, "404 Not Found", "no such route");
        }
        return !List.of("http10", "half", "garbage", "close").contains(path[0]);
    }

    private static String everyByte() {
        byte[] bytes = new byte[256];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) i;
        }
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private static void write(OutputStream out, Asked asked, String head, String body) throws IOException {
        send(out, "HTTP/1.1 " + head + "\r\nContent-Length: " + body.length() + "\r\n\r\n"
                + (asked.method.equals("HEAD") ? "" : body));
    }

    /** A character is a byte. */
    private static void send(OutputStream out, String bytes) throws IOException {
        out.write(bytes.getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private record Asked(int connection, String method, String target, Map<String, List<String>> headers, byte[] body) {

        static Asked read(InputStream in, int connection) throws IOException {
            String[] first = line(in).split(" ");
            Map<String, List<String>> headers = new TreeMap<>();
            for (String line = line(in); !line.isEmpty(); line = line(in)) {
                String[] field = line.split(": ?", 2);
                headers.computeIfAbsent(field[0].toLowerCase(Locale.ROOT), _ -> new ArrayList<>()).add(field[1]);
            }
            int length = Integer.parseInt(headers.getOrDefault("content-length", List.of("0")).getFirst());
            return new Asked(connection, first[0], first[1], headers, in.readNBytes(length));
        }

        private static String line(InputStream in) throws IOException {
            ByteArrayOutputStream line = new ByteArrayOutputStream();
            for (int b = in.read(); b != '\n'; b = in.read()) {
                if (b < 0) {
                    throw new EOFException();
                }
                if (b != '\r') {
                    line.write(b);
                }
            }
            return line.toString(StandardCharsets.ISO_8859_1);
        }

        String path() {
            return target.split("\\?", 2)[0];
        }

        String query() {
            return target.contains("?") ? target.split("\\?", 2)[1] : "";
        }

        String toJson() {
            String fields = headers.entrySet().stream()
                    .map(field -> quoted(field.getKey()) + ": "
                            + field.getValue().stream().map(Asked::quoted).collect(Collectors.joining(", ", "[", "]")))
                    .collect(Collectors.joining(", ", "{", "}"));
            return """
                    {"method": %s, "path": %s, "query": %s, "connection": %d, "body": %s, "body64": "%s", "headers": %s}"""
                    .formatted(quoted(method), quoted(path()), quoted(query()), connection,
                            text(),
                            Base64.getEncoder().encodeToString(body), fields);
        }

        private String text() {
            boolean utf8 = new String(body, StandardCharsets.UTF_8).indexOf('\uFFFD') < 0;
            return utf8 ? quoted(new String(body, StandardCharsets.ISO_8859_1)) : "null";
        }

        private static String quoted(String text) {
            return text.chars().mapToObj(c -> c < ' ' || c == '"' || c == '\\' ? "\\u%04x".formatted(c) : "" + (char) c)
                    .collect(Collectors.joining("", "\"", "\""));
        }
    }
}
