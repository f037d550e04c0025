package dev.tinysse.server.body;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tinysse.server.routing.BadRequestException;
import java.util.List;
import org.junit.jupiter.api.Test;

class MessageLinesTest {
    private static List<String> read(String body) throws BadRequestException {
        return MessageLines.read(body.getBytes(UTF_8), line -> {
            if (line.length == 0) {
                throw new BadRequestException("nothing there");
            }
            return new String(line, UTF_8);
        });
    }

    @Test
    void shouldReadLinesWithAndWithoutALastLineBreak() throws BadRequestException {
        assertThat(read("a\nb")).containsExactly("a", "b");
        assertThat(read("a\nb\n")).containsExactly("a", "b");
    }

    @Test
    void shouldNameTheLineThatCannotBeRead() {
        assertThatThrownBy(() -> read("a\n\nb")).hasMessage("line 2: nothing there");
        assertThatThrownBy(() -> read("a\n\n")).hasMessage("line 2: nothing there");
    }

    @Test
    void shouldRefuseABodyWithoutALine() {
        assertThatThrownBy(() -> read("")).hasMessage("at least one line is required");
    }

    @Test
    void shouldRefuseTooManyLines() throws BadRequestException {
        assertThat(read("a\n".repeat(10_000))).hasSize(10_000);
        assertThatThrownBy(() -> read("a\n".repeat(10_001)))
                .hasMessage("at most 10000 lines are allowed: lines=10001").isInstanceOfSatisfying(
                        BadRequestException.class, e -> assertThat(e.status().code()).isEqualTo(413));
    }

    @Test
    void shouldCountTheMemoryOfEachLine() {
        byte[] one = "{}".getBytes(UTF_8);
        byte[] many = "{}\n".repeat(10_000).getBytes(UTF_8);

        assertThat(MessageLines.memory(one)).isBetween(100L, 1000L);
        assertThat(MessageLines.memory(many)).isBetween(1_000_000L, 10_000_000L);
        assertThat(MessageLines.memory("\n".repeat(1_000_000).getBytes(UTF_8))).isLessThan(10_000_000L);
    }
}
