package dev.tinysse.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tinysse.api.Refusal;
import dev.tinysse.broker.PublishResult;
import dev.tinysse.broker.log.Receipt;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class PublishAnswerTest {
    private static final PublishResult ACCEPTED = new PublishResult.Accepted(new Receipt(1, 2, Optional.empty()));
    private static final PublishResult WITH_ID = new PublishResult.Accepted(new Receipt(0, 0, Optional.of("a\"b")));
    private static final PublishResult REFUSED = new PublishResult.Refused(Refusal.of(401, "log in,\n\nplease")
            .withHeader("WWW-Authenticate", "Bearer realm=\"a: b\"").withHeader("X-Empty", ""));
    private static final PublishResult GONE = new PublishResult.Refused(new Refusal(204, Optional.empty(), Map.of()));

    static final List<PublishAnswer> ANSWERS = List.of(PublishAnswer.to(ACCEPTED), PublishAnswer.to(REFUSED),
            PublishAnswer.to(GONE), PublishAnswer.to(List.of(ACCEPTED, REFUSED, WITH_ID)));

    @ParameterizedTest
    @FieldSource("ANSWERS")
    void shouldReadWhatItHasWritten(PublishAnswer answer) {
        assertThat(PublishAnswer.decode(answer.encode())).isEqualTo(answer);
    }

    @Test
    void shouldTellTheIdIfThereIsOne() {
        assertThat(PublishAnswer.to(ACCEPTED).body()).isEqualTo("{\"queued\":1,\"subscribers\":2}");
        assertThat(PublishAnswer.to(WITH_ID).body()).isEqualTo("{\"queued\":0,\"subscribers\":0,\"id\":\"a\\\"b\"}");
    }

    @Test
    void shouldAnswerManyMessagesWithALineEach() {
        PublishAnswer answer = PublishAnswer.to(List.of(ACCEPTED, GONE, REFUSED));

        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.contentType()).isEqualTo("application/x-ndjson");
        assertThat(answer.body()).isEqualTo("""
                {"queued":1,"subscribers":2}
                {"error":"message rejected by script"}
                {"error":"log in,\\n\\nplease"}
                """);
    }

    @Test
    void shouldHaveNoBodyWhereTheStatusHasNone() {
        assertThat(PublishAnswer.to(GONE)).isEqualTo(new PublishAnswer(204, "", Map.of(), ""));
    }
}
