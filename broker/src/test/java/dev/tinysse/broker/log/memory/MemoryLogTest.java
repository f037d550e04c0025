package dev.tinysse.broker.log.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tinysse.api.Attribute;
import dev.tinysse.api.Message;
import dev.tinysse.api.Publication;
import dev.tinysse.broker.log.Append;
import dev.tinysse.broker.log.LogRecord;
import dev.tinysse.broker.log.PublishResult;
import dev.tinysse.broker.tck.LogRig;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MemoryLogTest {
    private final LogRig rig = new LogRig(MemoryLog::new);

    @Test
    void shouldGiveNoIdsAndKeepNothingWithACountOfZero() throws Exception {
        rig.keep(0);
        rig.publish("a", "1", "2");

        assertThat(rig.log().hasHistory()).isFalse();
        assertThat(rig.followed()).hasSize(2)
                .allSatisfy(record -> assertThat(record.publication().message().id()).isEmpty());
        assertThat(rig.data("a")).isEmpty();
        assertThat(rig.isWhole("a", 0)).isTrue();
    }

    @Test
    void shouldHandOnTheVeryPublicationWithACountOfZero() throws Exception {
        rig.keep(0);
        Append.Item item = LogRig.item("a", "1");
        rig.append(new Append(List.of(item)));

        assertThat(rig.followed().getFirst().publication()).isSameAs(item.publication());
    }

    @Test
    void shouldPublishOnceWithACountOfZero() throws Exception {
        rig.keep(0);
        rig.publishOnce("a", "1", "key", "digest");

        assertThat(rig.publishOnce("a", "1", "key", "digest")).isEqualTo(new Append.Outcome.Repeated(
                List.of(new PublishResult.Accepted(3, 4, Optional.empty()))));
        assertThat(rig.followed()).hasSize(1);
    }

    @Test
    void shouldHandOnAttributesButNotKeepThem() throws Exception {
        rig.keep(10);
        Attribute<String> attribute = Attribute.of("test", String.class);
        Publication publication = LogRig.item("a", "1").publication().with(attribute, "live");
        rig.append(new Append(List.of(new Append.Item(publication, Optional.of("saved")))));

        assertThat(rig.followed().getFirst().publication().get(attribute)).contains("live");
        LogRecord kept = rig.read(List.of("a"), 0, 10).getFirst();
        assertThat(kept.publication().get(attribute)).isEmpty();
        assertThat(kept.attributes()).contains("saved");
    }

    @Test
    void shouldKeepEqualRequestsOnce() throws Exception {
        rig.keep(10);
        rig.publish("a", "1", "2");

        List<LogRecord> records = rig.read(List.of("a"), 0, 10);
        assertThat(records.get(0).publication().request()).isSameAs(records.get(1).publication().request());
    }

    @Test
    void shouldCountARequestOnceThatManyMessagesShare() throws Exception {
        rig.keep(10_000, Duration.ZERO, 100_000);
        for (int i = 0; i < 1000; i++) {
            rig.publish("a", "x".repeat(256));
        }

        assertThat(rig.read(List.of("a"), 0, 1000)).hasSizeBetween(250, 320);
    }

    @Test
    void shouldKeepTheNewestThoughItIsLargerThanAllMayBe() throws Exception {
        rig.keep(10, Duration.ZERO, 1000);
        rig.publish("a", "small", "x".repeat(2000));

        assertThat(rig.data("a")).containsExactly("x".repeat(2000));
        rig.publish("a", "small again");
        assertThat(rig.data("a")).containsExactly("small again");
    }

    @Test
    void shouldDropTheOldestOfManyChannelsWithOneMessage() throws Exception {
        rig.keep(10, Duration.ZERO, 100_000);
        for (int i = 0; i < 10_000; i++) {
            rig.publish("c" + i, Message.of("x"));
        }

        List<LogRecord> kept = rig.read(List.of("**"), 0, 100);
        assertThat(kept).hasSizeBetween(100, 1000);
        assertThat(kept.getLast().publication().channel()).isEqualTo("c9999");
        assertThat(rig.isWhole("c1", kept.getFirst().position())).isTrue();
        assertThat(rig.isWhole("c1", 0)).isFalse();
    }
}
