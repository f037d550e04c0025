package dev.tinysse.broker.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tinysse.broker.log.Append;
import dev.tinysse.broker.log.PublishKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Publishing once. */
interface KeysContract extends HasLogRig {
    @Test
    default void shouldRespondToARepetitionWithoutAppendingAgain() throws Exception {
        rig().keep(10);
        assertThat(rig().publishOnce("a", "1", "key", "digest")).isInstanceOf(Append.Outcome.Committed.class);
        String id = rig().followed().getFirst().publication().message().id().orElseThrow();

        assertThat(rig().publishOnce("a", "1", "key", "digest")).isEqualTo(new Append.Outcome.Repeated("ids:" + id));
        assertThat(rig().data("a")).containsExactly("1");
        assertThat(rig().followed()).hasSize(1);
    }

    @Test
    default void shouldRefuseAKeyWithOtherContent() throws Exception {
        rig().keep(10);
        rig().publishOnce("a", "1", "key", "digest");

        assertThat(rig().publishOnce("a", "2", "key", "other")).isEqualTo(new Append.Outcome.KeyReused());
        assertThat(rig().data("a")).containsExactly("1");
    }

    @Test
    default void shouldTellKeysOfChannelsApart() throws Exception {
        rig().keep(10);
        rig().publishOnce("a", "1", "key", "digest");

        assertThat(rig().publishOnce("b", "2", "key", "other")).isInstanceOf(Append.Outcome.Committed.class);
    }

    @Test
    default void shouldForgetAKeyAfterFiveMinutes() throws Exception {
        rig().keep(10);
        rig().publishOnce("a", "1", "key", "digest");
        rig().clock().move(Duration.ofMinutes(PublishKey.MINUTES).minusSeconds(1));
        assertThat(rig().publishOnce("a", "1", "key", "digest")).isInstanceOf(Append.Outcome.Repeated.class);
        rig().clock().move(Duration.ofSeconds(2));

        assertThat(rig().publishOnce("a", "1", "key", "digest")).isInstanceOf(Append.Outcome.Committed.class);
        assertThat(rig().data("a")).containsExactly("1", "1");
    }

    @Test
    default void shouldRespondToARequestOfManyWithAllItsIds() throws Exception {
        rig().keep(10);
        Append append = new Append(List.of(LogRig.item("a", "1"), LogRig.item("b", "2")),
                Optional.of(LogRig.key("a", "key", "digest")));
        rig().append(append);
        List<String> ids = rig().followed().stream().map(r -> r.publication().message().id().orElseThrow()).toList();

        assertThat(rig().publishOnce("a", "1", "key", "digest"))
                .isEqualTo(new Append.Outcome.Repeated("ids:" + String.join(",", ids)));
    }

    @Test
    default void shouldPublishOnceThoughRequestsComeTogether() throws Exception {
        rig().keep(1000);
        List<Append> appends = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            appends.add(new Append(List.of(LogRig.item("a", "x")), Optional.of(LogRig.key("a", "key", "digest"))));
        }
        appends.forEach(rig().log()::append);
        int committed = 0;
        for (Append append : appends) {
            committed += append.outcome().get() instanceof Append.Outcome.Committed ? 1 : 0;
        }

        assertThat(committed).isEqualTo(1);
        assertThat(rig().data("a")).containsExactly("x");
    }
}
