package dev.tinysse.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;

/** A client that sends bytes as they are, where a well-behaved one would tidy them up. A character stands for a byte. */
public final class HttpClientSocket implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 20_000;

    /** The status line and the headers, a line each. */
    public record Head(List<String> lines) {
        /** The status code. */
        public int status() {
            return Integer.parseInt(lines.getFirst().split(" ")[1]);
        }

        /** The values of a header, joined with commas; empty when it is not there. */
        public String header(String name) {
            String start = name + ": ";
            return String.join(", ",
                    lines.stream().filter(line -> line.regionMatches(true, 0, start, 0, start.length()))
                            .map(line -> line.substring(start.length())).toList());
        }
    }

    /** An response whose length its head tells; the body is read as UTF-8. */
    public record Response(Head head, String body) {
        /** The status code. */
        public int status() {
            return head.status();
        }

        /** The values of a header. */
        public String header(String name) {
            return head.header(name);
        }
    }

    private final Socket socket;
    private final InputStream in;

    /** A new connection to this port on loopback. */
    public HttpClientSocket(int port) {
        try {
            socket = new Socket(InetAddress.getLoopbackAddress(), port);
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.setTcpNoDelay(true);
            in = new BufferedInputStream(socket.getInputStream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The text of a request without a body. */
    public static String get(String target, String... headers) {
        return request("GET", target, headers);
    }

    /** The text of a request without a body. */
    public static String request(String method, String target, String... headers) {
        StringBuilder text = new StringBuilder(method + " " + target + " HTTP/1.1\r\nHost: localhost\r\n");
        for (String header : headers) {
            text.append(header).append("\r\n");
        }
        return text.append("\r\n").toString();
    }

    /** The text of a request with a body, of which each character is a byte. */
    public static String post(String target, String type, String body) {
        return request("POST", target, "Content-Type: " + type, "Content-Length: " + body.length()) + body;
    }

    /** Text as it goes into a body: each of its UTF-8 bytes as a character. */
    public static String bytes(String text) {
        return new String(text.getBytes(UTF_8), ISO_8859_1);
    }

    /** Sends this. */
    public HttpClientSocket send(String text) {
        try {
            socket.getOutputStream().write(text.getBytes(ISO_8859_1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    /** Sends what is left of a request to a server that may have responded and closed already. */
    public HttpClientSocket sendAsFarAsItGoes(String text) {
        try {
            socket.getOutputStream().write(text.getBytes(ISO_8859_1));
        } catch (IOException e) {
            // the response says why
        }
        return this;
    }

    /** Says that nothing more will be sent. */
    public void shutdownOutput() {
        try {
            socket.shutdownOutput();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Goes away with a RST. */
    public void reset() {
        try {
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The next response's head. */
    public Head head() {
        List<String> lines = new ArrayList<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            lines.add(line);
        }
        return new Head(lines);
    }

    /** The next response, whole. */
    public Response response() {
        Head head = head();
        String length = head.header("Content-Length");
        return new Response(head, new String(read(length.isEmpty() ? 0 : Integer.parseInt(length)), UTF_8));
    }

    /** The next chunk of a stream, which is one event; empty for the last one. */
    public String event() {
        byte[] body = read(Integer.parseInt(line(), 16));
        line();
        return new String(body, UTF_8);
    }

    /** All that comes until the server closes the connection, whichever way it does. */
    public String rest() {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        try {
            for (int b = in.read(); b >= 0; b = in.read()) {
                all.write(b);
            }
        } catch (SocketException e) {
            // reset: the server has closed with something unread
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return all.toString(UTF_8);
    }

    private String line() {
        StringBuilder line = new StringBuilder();
        while (line.length() < 2 || line.charAt(line.length() - 2) != '\r' || line.charAt(line.length() - 1) != '\n') {
            line.append((char) (read(1)[0] & 0xFF));
        }
        return line.substring(0, line.length() - 2);
    }

    private byte[] read(int length) {
        try {
            byte[] bytes = in.readNBytes(length);
            if (bytes.length < length) {
                throw new EOFException("the server has closed the connection");
            }
            return bytes;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
