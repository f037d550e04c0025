package dev.tinysse.cluster.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tinysse.api.Message;
import dev.tinysse.broker.log.Append;
import dev.tinysse.broker.log.EventId;
import dev.tinysse.broker.log.PublishResult;
import dev.tinysse.broker.tck.LogRig;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ResponseTemplateTest {
    private static final Epochs EPOCHS = Epochs.UNKNOWN
            .with("0a0a0a0a:0-0 0b0b0b0b:" + StreamIds.text(NodeRig.position(1)));

    @Test
    void shouldGiveMessagesTheIdsOfTheirPositions() {
        ResponseTemplate template = template(true, Message.of("1"), Message.of("2"));
        assertThat(ids(template.results(NodeRig.position(5), EPOCHS))).containsExactly(
                EventId.of("0b0b0b0b", NodeRig.position(5)).toString(),
                EventId.of("0b0b0b0b", NodeRig.position(6)).toString());
    }

    @Test
    void shouldTakeTheEpochInWhichAMessageWasAppended() {
        ResponseTemplate template = template(true, Message.of("1"), Message.of("2"));
        assertThat(ids(template.results(NodeRig.position(0), EPOCHS))).containsExactly(
                EventId.of("0a0a0a0a", NodeRig.position(0)).toString(),
                EventId.of("0b0b0b0b", NodeRig.position(1)).toString());
    }

    @Test
    void shouldLeaveTheIdsOfPublishers() {
        ResponseTemplate template = template(true, Message.of("1").withId("own"), Message.of("2"));
        assertThat(ids(template.results(NodeRig.position(5), EPOCHS))).containsExactly("own",
                EventId.of("0b0b0b0b", NodeRig.position(6)).toString());
    }

    @Test
    void shouldGiveNoIdsWithoutHistory() {
        assertThat(template(false, Message.of("1")).results(NodeRig.position(5), EPOCHS))
                .containsExactly(new PublishResult.Accepted(3, 4, Optional.empty()));
    }

    private static ResponseTemplate template(boolean withIds, Message... messages) {
        Append.Item[] items = Arrays.stream(messages).map(message -> LogRig.item("a", message))
                .toArray(Append.Item[]::new);
        return ResponseTemplate.of(LogRig.once(LogRig.key("a", "key", "digest"), items), withIds);
    }

    private static List<String> ids(List<PublishResult> results) {
        return results.stream().map(result -> ((PublishResult.Accepted) result).id().orElseThrow()).toList();
    }
}
