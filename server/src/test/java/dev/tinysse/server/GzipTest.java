package dev.tinysse.server;

import static dev.tinysse.server.HttpClientSocket.get;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tinysse.api.Hook;
import dev.tinysse.api.Hooks;
import dev.tinysse.api.Message;
import dev.tinysse.api.Publication;
import dev.tinysse.api.Subscription;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.List;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Compressed streams, read to their end by the JDK's own gzip, which checks sum and length. */
class GzipTest {
    private static final String LONG = "a text that comes again and again, ".repeat(20);

    @Test
    void shouldBeOneMemberToTheEnd() throws IOException {
        try (RunningServer server = new RunningServer("--compress=gzip", "--timeout=1s", "--keep-alive=200ms")) {
            try (Socket stream = subscribe(server, "")) {
                await(server);
                server.publish("{\"data\":\"short\",\"id\":\"1\"}");
                server.publish("{\"data\":\"" + LONG + "\"}");
                assertThat(decoded(stream)).startsWith(": ok\n\n").contains("id: 1\ndata: short\n\n")
                        .contains("data: " + LONG + "\n\n").contains(": keep-alive\n\n").contains(": timeout\nretry: ");
            }
        }
    }

    @Test
    void shouldCompressEnvelopesAndReplays() throws IOException {
        try (RunningServer server = new RunningServer("--compress=gzip", "--timeout=1s", "--channels",
                "--history=100")) {
            for (int i = 0; i < 50; i++) {
                server.publish("{\"data\":\"" + LONG + i + "\"}");
            }
            try (Socket stream = subscribe(server, "?envelope=json&last=40")) {
                await(server);
                server.publish("{\"data\":\"live\"}");
                assertThat(decoded(stream)).contains(LONG + "10\"").contains(LONG + "49\"").contains("\"live\"")
                        .doesNotContain(LONG + "9\"");
            }
        }
    }

    @Test
    void shouldCompressWhatHooksMake() throws IOException {
        Hooks hooks = new Hooks() {
            @Override
            public Set<Hook> defined() {
                return Set.of(Hook.CATCHUP, Hook.MESSAGE);
            }

            @Override
            public List<Message> catchup(Subscription subscription) {
                return List.of(Message.of("replayed"), Message.of("replayed " + LONG));
            }

            @Override
            public Message message(Publication publication, Subscription subscription) {
                return publication.message().data().filter("as it is"::equals).isPresent()
                        ? publication.message()
                        : Message.of("changed " + LONG);
            }
        };
        try (RunningServer server = new RunningServer(hooks, "--compress=gzip", "--timeout=1s");
                Socket stream = subscribe(server, "")) {
            await(server);
            server.publish("{\"data\":\"as it is\"}");
            server.publish("{\"data\":\"x\"}");
            assertThat(decoded(stream)).contains("data: replayed\n\ndata: replayed " + LONG + "\n\n")
                    .contains("data: as it is\n\ndata: changed " + LONG + "\n\n");
        }
    }

    @Test
    void shouldEndWellAtTheStop() throws IOException {
        RunningServer server = new RunningServer("--compress=gzip");
        try (Socket stream = subscribe(server, "")) {
            await(server);
            server.publish("{\"data\":\"last\"}");
            server.stop();
            assertThat(decoded(stream)).contains("data: last\n\nretry: ");
        }
    }

    @Test
    void shouldTellCachesAndLeaveOthersPlain() {
        try (RunningServer server = new RunningServer("--compress=gzip", "--timeout=1s",
                "--cors-allow-origin=https://a.example,https://b.example"); HttpClientSocket plain = server.connect()) {
            plain.send(get("/sse", "Accept-Encoding: br, gzip;q=0", "Origin: https://a.example"));
            String head = plain.head().toString();
            assertThat(head).containsIgnoringCase("Accept-Encoding").contains("Origin")
                    .doesNotContainIgnoringCase("Content-Encoding");
            assertThat(plain.event()).contains(": ok");
        }
    }

    @Test
    void shouldDoNothingUnlessAsked() {
        try (RunningServer server = new RunningServer(); HttpClientSocket plain = server.connect()) {
            assertThat(plain.send(get("/sse", "Accept-Encoding: gzip")).head().toString())
                    .doesNotContainIgnoringCase("encoding: gzip").doesNotContainIgnoringCase("vary");
        }
    }

    private static void await(RunningServer server) {
        Awaitility.await().until(() -> server.publish("{\"comment\":[\"ping\"]}").body()
                .contains("\"subscribers\":1"));
    }

    private static Socket subscribe(RunningServer server, String query) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
        socket.setSoTimeout(20_000);
        OutputStream out = socket.getOutputStream();
        out.write(get("/sse" + query, "Accept-Encoding: gzip, deflate, br", "Connection: close").getBytes(UTF_8));
        return socket;
    }

    private static String decoded(Socket stream) throws IOException {
        byte[] response = stream.getInputStream().readAllBytes();
        String text = new String(response, ISO_8859_1);
        int head = text.indexOf("\r\n\r\n") + 4;
        assertThat(text.substring(0, head)).containsIgnoringCase("\r\nContent-Encoding: gzip\r\n")
                .containsIgnoringCase("\r\nVary: Accept-Encoding\r\n");
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        int at = head;
        while (true) {
            int end = text.indexOf("\r\n", at);
            int length = Integer.parseInt(text.substring(at, end), 16);
            if (length == 0) {
                break;
            }
            body.write(response, end + 2, length);
            at = end + 2 + length + 2;
        }
        try (InputStream decoded = new GZIPInputStream(new ByteArrayInputStream(body.toByteArray()))) {
            return new String(decoded.readAllBytes(), UTF_8);
        }
    }
}
