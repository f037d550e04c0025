package dev.tinysse.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tinysse.api.Message;
import dev.tinysse.api.Publication;
import dev.tinysse.api.Request;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NewestMessagesTest {
    private static final Request REQUEST = new Request("POST", "/sse", "/sse", "", "127.0.0.1", 1, Map.of());

    private final NewestMessages newest = new NewestMessages();

    private void add(Message message) {
        newest.add(Publication.of(REQUEST, message).withChannel("news"));
    }

    private List<String> data(NewestMessages.Batch batch) {
        return batch.messages().stream().map(seen -> seen.publication().message().data().orElse("")).toList();
    }

    @Test
    void shouldGiveWhatHasComeSinceTheLastTime() {
        add(Message.of("one"));
        add(Message.of("two"));
        assertThat(data(newest.take())).containsExactly("one", "two");
        assertThat(data(newest.take())).isEmpty();
    }

    @Test
    void shouldCountWhatIsTooMuch() {
        for (int i = 0; i < NewestMessages.MAX + 7; i++) {
            add(Message.of("m" + i));
        }
        NewestMessages.Batch batch = newest.take();
        assertThat(batch.skipped()).isEqualTo(7);
        assertThat(data(batch)).hasSize(NewestMessages.MAX).startsWith("m7").endsWith("m56");
        assertThat(newest.take().skipped()).isZero();
    }

    @Test
    void shouldWriteOneLineOfJsonAndLeaveOutWhatIsAbsent() {
        add(Message.builder().id("7").event("e\"").data("a\nb").comments(List.of("c")).build());
        add(Message.of("x"));
        assertThat(LiveJson.of(newest.take())).matches(
                """
                        \\{"messages":\\[\\{"time":\\d+,"channel":"news","id":"7","event":"e\\\\"","data":"a\\\\nb","comment":\\["c"\\]\\},\
                        \\{"time":\\d+,"channel":"news","data":"x"\\}\\],"skipped":0\\}""");
    }

    @Test
    void shouldCutOffLongTextsBetweenCharacters() {
        add(Message.builder().data("x".repeat(1999) + "\uD83D\uDE00").comments(Collections.nCopies(11, "c")).build());
        assertThat(LiveJson.of(newest.take())).contains("\"data\":\"" + "x".repeat(1999) + "\"")
                .contains("\"cut\":true")
                .containsOnlyOnce("[" + "\"c\",".repeat(9) + "\"c\"]");
    }
}
