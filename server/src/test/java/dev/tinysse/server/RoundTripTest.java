package dev.tinysse.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tinysse.api.Message;
import dev.tinysse.server.sse.Blocks;
import dev.tinysse.server.sse.EventStreamParser;
import dev.tinysse.server.sse.RandomMessages;
import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Random messages through the real server to the JDK's client, and back through a parser made from the standard. Set the
 * system property {@code tinysse.round-trip} for more messages than a quick run has.
 */
@Tag("slow")
@Timeout(600)
class RoundTripTest {
    private static final int MESSAGES = Integer.getInteger("tinysse.round-trip", 20_000);
    private static final int BATCH = 50;
    private static final int STREAMS = 3;
    private static final String LAST = "id: last of all\n\n";

    @Test
    void shouldBringEveryTextBackAsItWas() throws Exception {
        List<EventStreamParser.Block> expected = new ArrayList<>();
        List<CompletableFuture<List<EventStreamParser.Block>>> received = new ArrayList<>();
        try (RunningServer server = new RunningServer("--capacity=1048576", "--timeout=1h");
                HttpClient http = HttpClient.newHttpClient();
                var threads = Executors.newVirtualThreadPerTaskExecutor();
                HttpClientSocket publisher = server.connect()) {
            URI uri = URI.create("http://127.0.0.1:" + server.port() + "/sse");
            for (int i = 0; i < STREAMS; i++) {
                InputStream stream = http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofInputStream())
                        .body();
                received.add(CompletableFuture.supplyAsync(() -> blocks(stream), threads));
            }
            RandomMessages messages = new RandomMessages(20);
            for (int i = 0; i < MESSAGES; i += BATCH) {
                List<Message> batch = Stream.generate(messages::next).limit(BATCH).toList();
                batch.forEach(message -> expected.add(Blocks.of(message)));
                publish(publisher, batch);
            }
            publish(publisher, List.of(Message.builder().id("last of all").build()));
            for (CompletableFuture<List<EventStreamParser.Block>> blocks : received) {
                assertThat(blocks.get().subList(1, MESSAGES + 1)).isEqualTo(expected);
            }
        }
    }

    /** Sends requests one behind the other, without waiting for the response to each. */
    private static void publish(HttpClientSocket publisher, List<Message> batch) {
        publisher.send(batch.stream().map(RoundTripTest::json).map(HttpClientSocket::bytes)
                .map(body -> HttpClientSocket.post("/sse", "application/json", body)).collect(Collectors.joining()));
        for (Message message : batch) {
            assertThat(publisher.response().status()).as("%s", message).isEqualTo(202);
        }
    }

    private static String json(Message message) {
        JsonObjectBuilder json = Json.createObjectBuilder();
        message.id().ifPresent(id -> json.add("id", id));
        message.event().ifPresent(event -> json.add("event", event));
        message.data().ifPresent(data -> json.add("data", data));
        if (!message.comments().isEmpty()) {
            json.add("comment", Json.createArrayBuilder(message.comments()));
        }
        return json.build().toString();
    }

    /** All that comes, up to the last of all messages. */
    private static List<EventStreamParser.Block> blocks(InputStream stream) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        byte[] buffer = new byte[64 * 1024];
        try (stream) {
            for (String tail = ""; !tail.endsWith(LAST);) {
                int length = stream.read(buffer);
                if (length < 0) {
                    throw new IllegalStateException("the stream has ended");
                }
                all.write(buffer, 0, length);
                tail += new String(buffer, 0, length, ISO_8859_1);
                tail = tail.substring(Math.max(0, tail.length() - LAST.length()));
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return EventStreamParser.parse(all.toByteArray());
    }
}
