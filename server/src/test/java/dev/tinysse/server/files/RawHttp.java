package dev.tinysse.server.files;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** One request on a socket of its own, sent exactly as it is: clients tidy up the paths that matter here. */
public final class RawHttp {
    private RawHttp() {}

    /**
     * The response before the server closed the connection.
     *
     * @param head the status line and the headers, a line each
     * @param body a character for each byte
     */
    public record Response(List<String> head, String body) {

        /** The status code. */
        public int status() {
            return Integer.parseInt(head.getFirst().split(" ")[1]);
        }

        /** The values of a header, joined with commas; empty when it is not there. */
        public String header(String name) {
            var start = name + ": ";
            return String.join(", ", head.stream().filter(line -> line.regionMatches(true, 0, start, 0, start.length()))
                    .map(line -> line.substring(start.length())).toList());
        }
    }

    /** Sends a request with these header lines and waits for the response. */
    public static Response exchange(int port, String method, String target, String... headers) {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write("%s %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n%s\r\n"
                    .formatted(method, target,
                            Arrays.stream(headers).map(line -> line + "\r\n").reduce("", String::concat))
                    .getBytes(StandardCharsets.ISO_8859_1));
            // Helidon leaves closing to the client, also when it was asked to close
            socket.shutdownOutput();
            var all = new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1).split("\r\n\r\n",
                    2);
            return new Response(all[0].lines().toList(), all[1]);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
