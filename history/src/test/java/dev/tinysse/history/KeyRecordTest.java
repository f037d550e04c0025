package dev.tinysse.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tinysse.api.Refusal;
import dev.tinysse.broker.codec.ByteSink;
import dev.tinysse.broker.log.PublishKey;
import dev.tinysse.broker.log.PublishResult;
import dev.tinysse.broker.log.ResultsCodec;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class KeyRecordTest {
    private static Optional<KeyRecord> text(String response) {
        ByteSink sink = new ByteSink();
        sink.skip(3);
        sink.putCount(2);
        sink.putText("channel");
        sink.putText("key");
        sink.putText("digest");
        sink.putText(response);
        return KeyRecord.getText(sink.bytes(), 3);
    }

    @Test
    void shouldReadWhatItHasWritten() {
        KeyRecord written = new KeyRecord(PublishKey.of("a", "key", "digest"), new byte[]{1, 2, 0}, 2);
        ByteSink sink = new ByteSink();
        sink.skip(3);
        written.put(sink);

        KeyRecord read = KeyRecord.get(sink.bytes(), 3);
        assertThat(read.key()).isEqualTo(written.key());
        assertThat(read.results()).isEqualTo(written.results());
        assertThat(read.messages()).isEqualTo(2);
    }

    @Test
    void shouldReadARecordOfTheFirstFormat() {
        KeyRecord read = text("202 application/x-ndjson\n\n{\"queued\":1,\"subscribers\":20,\"id\":\"x\"}\n"
                + "{\"error\":\"no\"}\n{\"queued\":0,\"subscribers\":0}\n").orElseThrow();

        assertThat(read.key()).isEqualTo(PublishKey.of("channel", "key", "digest"));
        assertThat(read.messages()).isEqualTo(2);
        assertThat(ResultsCodec.decode(read.results())).containsExactly(
                new PublishResult.Accepted(1, 20, Optional.of("x")),
                new PublishResult.Rejected(Refusal.of(403, "no")),
                new PublishResult.Accepted(0, 0, Optional.empty()));
    }

    @Test
    void shouldLeaveOutARecordOfTheFirstFormatWithAnEscape() {
        assertThat(text("202 application/json\n\n{\"queued\":1,\"subscribers\":20,\"id\":\"\\\"\"}")).isEmpty();
    }
}
