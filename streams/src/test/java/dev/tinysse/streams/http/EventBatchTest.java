package dev.tinysse.streams.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tinysse.streams.log.DurableStream;
import dev.tinysse.streams.log.Found;
import dev.tinysse.streams.log.MemoryStreamLog;
import dev.tinysse.streams.model.ContentType;
import dev.tinysse.streams.model.Expiry;
import dev.tinysse.streams.model.StreamConfig;
import dev.tinysse.streams.model.StreamRequest;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EventBatchTest {
    private static final int PAGE = 1000;

    private final MemoryStreamLog log = new MemoryStreamLog(1_000_000, InstantSource.fixed(Instant.ofEpochMilli(1)));

    @AfterEach
    void close() {
        log.close();
    }

    private DurableStream stream(String type, boolean close, String... appends) {
        ContentType parsed = ContentType.parse(type).orElseThrow();
        StreamConfig config = new StreamConfig(parsed, new Expiry.Never(), false, List.of());
        log.create("a", new StreamRequest.Create(config, true, Optional.empty(), new byte[0], false));
        for (int i = 0; i < appends.length; i++) {
            log.append("a", new StreamRequest.Append(0, Optional.of(parsed), appends[i].getBytes(UTF_8),
                    Optional.empty(), Optional.empty(), close && i == appends.length - 1));
        }
        return ((Found.Present) log.find("a")).stream();
    }

    private static String events(DurableStream stream, boolean plain) {
        return new String(new EventBatch(plain).of(stream.read(0, PAGE, true), "9"), UTF_8)
                .replaceAll("\\d{16}_0{15}", "#");
    }

    @Test
    void shouldMakeAnEventOfEachAppendOfText() {
        assertThat(events(stream("text/plain", false, "ab", "c"), true))
                .isEqualTo("id: #2\ndata:ab\n\nid: #3\ndata:c\n\n");
    }

    @Test
    void shouldMakeAnEventOfEachMessage() {
        assertThat(events(stream("application/json", false, "1,[2],", "3,"), true))
                .isEqualTo("id: #2\ndata:1\n\nid: #6\ndata:[2]\n\nid: #8\ndata:3\n\n");
    }

    @Test
    void shouldSayAfterEachEventWhereTheClientIs() {
        assertThat(events(stream("application/json", false, "1,", "2,"), false)).isEqualTo("""
                id: #2
                event: data
                data:[1]

                id: #2
                event: control
                data:{"streamNextOffset":"#2","streamCursor":"9"}

                id: #4
                event: data
                data:[2]

                id: #4
                event: control
                data:{"streamNextOffset":"#4","streamCursor":"9","upToDate":true}

                """);
    }

    @Test
    void shouldSayThatTheStreamIsClosedWithItsLastEvent() {
        String events = events(stream("text/plain", true, "a", "b"), false);

        assertThat(events).endsWith("data:{\"streamNextOffset\":\"#2\",\"upToDate\":true,\"streamClosed\":true}\n\n")
                .containsOnlyOnce("streamClosed").containsOnlyOnce("streamCursor");
    }

    @Test
    void shouldEncodeOtherTypesInBase64() {
        assertThat(events(stream("image/png", false, "ab", "c"), true))
                .isEqualTo("id: #2\ndata:YWI=\n\nid: #3\ndata:Yw==\n\n");
    }
}
