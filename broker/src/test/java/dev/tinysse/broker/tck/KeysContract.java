package dev.tinysse.broker.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tinysse.api.Message;
import dev.tinysse.api.Refusal;
import dev.tinysse.broker.log.Append;
import dev.tinysse.broker.log.LogException;
import dev.tinysse.broker.log.PublishKey;
import dev.tinysse.broker.log.PublishResult;
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

        assertThat(rig().publishOnce("a", "1", "key", "digest")).isEqualTo(LogRig.repeated(rig().ids()));
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
    default void shouldFindTheResponseToARequestThatIsNotAppendedAgain() throws Exception {
        rig().keep(10);
        assertThat(rig().log().findResponse(LogRig.key("a", "key", "digest"))).isEmpty();
        rig().publishOnce("a", "1", "key", "digest");

        assertThat(rig().log().findResponse(LogRig.key("a", "key", "digest"))).contains(LogRig.repeated(rig().ids()));
        assertThat(rig().log().findResponse(LogRig.key("a", "key", "other"))).contains(new Append.Outcome.KeyReused());
        assertThat(rig().log().findResponse(LogRig.key("b", "key", "digest"))).isEmpty();
        assertThat(rig().followed()).hasSize(1);
    }

    @Test
    default void shouldForgetAKeyAfterFiveMinutes() throws Exception {
        rig().keep(10);
        rig().publishOnce("a", "1", "key", "digest");
        rig().clock().move(PublishKey.LIFETIME.minusSeconds(1));
        assertThat(rig().publishOnce("a", "1", "key", "digest")).isInstanceOf(Append.Outcome.Repeated.class);
        rig().clock().move(Duration.ofSeconds(2));

        assertThat(rig().log().findResponse(LogRig.key("a", "key", "digest"))).isEmpty();
        assertThat(rig().publishOnce("a", "1", "key", "digest")).isInstanceOf(Append.Outcome.Committed.class);
        assertThat(rig().data("a")).containsExactly("1", "1");
    }

    @Test
    default void shouldRespondToARequestOfManyWithAllItsIds() throws Exception {
        rig().keep(10);
        rig().append(LogRig.once(LogRig.key("a", "key", "digest"), LogRig.item("a", "1"),
                LogRig.item("b", Message.builder().id("own").data("2").build()), LogRig.item("a", "3")));

        assertThat(rig().ids()[1]).isEqualTo("own");
        assertThat(rig().publishOnce("a", "1", "key", "digest")).isEqualTo(LogRig.repeated(rig().ids()));
    }

    @Test
    default void shouldStoreTheResultsOfMessagesThatAreNotAppended() throws Exception {
        rig().keep(10);
        PublishKey key = LogRig.key("a", "key", "digest");
        PublishResult refused = new PublishResult.Rejected(Refusal.of(429, "no\n\u4e16"));
        PublishResult empty = new PublishResult.Empty(5);
        rig().append(new Append(List.of(LogRig.item("a", "1")), key,
                List.of(refused, new PublishResult.Accepted(3, 4, Optional.empty()), empty)));

        assertThat(rig().log().findResponse(key)).contains(new Append.Outcome.Repeated(List.of(refused,
                new PublishResult.Accepted(3, 4, Optional.of(rig().ids()[0])), empty)));
    }

    @Test
    default void shouldStoreAResponseThoughNothingIsAppended() throws Exception {
        rig().keep(10);
        PublishKey key = LogRig.key("a", "key", "digest");
        List<PublishResult> results = List.of(new PublishResult.Rejected(Refusal.DEFAULT));

        assertThat(rig().append(new Append(List.of(), key, results)))
                .isEqualTo(new Append.Outcome.Committed(List.of()));
        assertThat(rig().append(new Append(List.of(), key, results))).isEqualTo(new Append.Outcome.Repeated(results));
        assertThat(rig().followed()).isEmpty();
        rig().publish("a", "1");
        assertThat(rig().data("a")).containsExactly("1");
    }

    @Test
    default void shouldDropTheOldestResponsesWhenTheyTakeTooManyBytes() throws Exception {
        rig().keep(10);
        int last = PublishKey.MAX_BYTES / (1 << 22) + 1;
        for (int i = 0; i <= last; i++) {
            store(i);
        }

        assertThat(rig().log().findResponse(LogRig.key("a", "key0", "digest"))).isEmpty();
        assertThat(rig().log().findResponse(LogRig.key("a", "key" + last, "digest"))).isPresent();
    }

    private void store(int number) throws LogException {
        rig().append(new Append(List.of(), LogRig.key("a", "key" + number, "digest"),
                List.of(new PublishResult.Rejected(Refusal.of(400, "x".repeat(1 << 22))))));
    }

    @Test
    default void shouldPublishOnceThoughRequestsComeTogether() throws Exception {
        rig().keep(1000);
        List<Append> appends = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            appends.add(LogRig.once(LogRig.key("a", "key", i == 50 ? "other" : "digest"), LogRig.item("a", "x")));
        }
        appends.forEach(rig().log()::append);
        List<Append.Outcome> outcomes = new ArrayList<>();
        for (Append append : appends) {
            outcomes.add(append.outcome().get());
        }

        assertThat(outcomes.getFirst()).isInstanceOf(Append.Outcome.Committed.class);
        assertThat(outcomes.remove(50)).isEqualTo(new Append.Outcome.KeyReused());
        assertThat(outcomes.subList(1, 99)).containsOnly(LogRig.repeated(rig().ids()));
        assertThat(rig().data("a")).containsExactly("x");
    }
}
