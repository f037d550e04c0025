package dev.tinysse.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tinysse.api.Message;
import dev.tinysse.api.Publication;
import dev.tinysse.api.Refusal;
import dev.tinysse.api.Request;
import dev.tinysse.broker.log.PublishResult;
import dev.tinysse.broker.publish.PublishRequest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PublishResponseTest {
    private static final PublishResult ACCEPTED = new PublishResult.Accepted(1, 2, Optional.empty());
    private static final PublishResult WITH_ID = new PublishResult.Accepted(0, 0, Optional.of("a\"b"));
    private static final PublishResult REFUSED = new PublishResult.Rejected(Refusal.of(401, "log in,\n\nplease")
            .withHeader("WWW-Authenticate", "Bearer realm=\"a: b\"").withHeader("X-Empty", ""));
    private static final PublishResult GONE = new PublishResult.Rejected(new Refusal(204, Optional.empty(), Map.of()));

    @Test
    void shouldTellTheIdIfThereIsOne() {
        assertThat(PublishResponse.to(ACCEPTED).body()).isEqualTo("{\"queued\":1,\"subscribers\":2}");
        assertThat(PublishResponse.to(WITH_ID).body()).isEqualTo("{\"queued\":0,\"subscribers\":0,\"id\":\"a\\\"b\"}");
    }

    @Test
    void shouldRespondToManyMessagesWithALineEach() {
        PublishResponse response = PublishResponse.to(List.of(ACCEPTED, GONE, REFUSED));

        assertThat(response.status()).isEqualTo(202);
        assertThat(response.contentType()).isEqualTo("application/x-ndjson");
        assertThat(response.body()).isEqualTo("""
                {"queued":1,"subscribers":2}
                {"error":"message rejected by script"}
                {"error":"log in,\\n\\nplease"}
                """);
    }

    @Test
    void shouldRespondToABatchOfOneMessageWithALine() {
        Publication publication = Publication.of(Request.NONE, Message.of("x"));

        assertThat(
                PublishResponse.to(new PublishRequest(List.of(publication), true, Optional.empty()), List.of(ACCEPTED)))
                .isEqualTo(PublishResponse.to(List.of(ACCEPTED)));
        assertThat(PublishResponse.to(PublishRequest.of(publication), List.of(ACCEPTED)))
                .isEqualTo(PublishResponse.to(ACCEPTED));
    }

    @Test
    void shouldRespondToAMessageThatTheHookHasEmptied() {
        assertThat(PublishResponse.to(new PublishResult.Empty(1)))
                .isEqualTo(new PublishResponse(202, "application/json", Map.of(), "{\"queued\":1,\"subscribers\":0}"));
    }

    @Test
    void shouldHaveNoBodyWhereTheStatusHasNone() {
        assertThat(PublishResponse.to(GONE)).isEqualTo(new PublishResponse(204, "", Map.of(), ""));
    }
}
