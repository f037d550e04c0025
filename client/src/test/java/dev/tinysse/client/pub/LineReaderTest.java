package dev.tinysse.client.pub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tinysse.cli.FailedException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LineReaderTest {
    private static List<String> lines(String text) throws IOException {
        LineReader reader = new LineReader(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
        List<String> lines = new ArrayList<>();
        for (Optional<byte[]> line = reader.next(); line.isPresent(); line = reader.next()) {
            lines.add(new String(line.get(), StandardCharsets.UTF_8));
        }
        return lines;
    }

    @Test
    void shouldSplitAtLineFeedsAndDropAReturnBefore() throws Exception {
        assertThat(lines("a\nb\r\n\nc\rd\r")).containsExactly("a", "b", "", "c\rd\r");
        assertThat(lines("")).isEmpty();
        assertThat(lines("\n")).containsExactly("");
    }

    @Test
    void shouldNameTheByteThatIsNotUtf8() throws Exception {
        assertThat(Utf8.text("aü€😀".getBytes(StandardCharsets.UTF_8), "x")).isEqualTo("aü€😀");
        assertThatThrownBy(() -> Utf8.text(new byte[]{'a', 'b', (byte) 0xc3}, "the line")).isInstanceOf(
                FailedException.class)
                .hasMessage("the line is not UTF-8, and binary data cannot be published: byte 0xc3 at offset 2");
    }
}
