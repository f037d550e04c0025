package dev.tinysse.broker.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tinysse.api.Refusal;
import dev.tinysse.broker.tck.LogRig;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AppendTest {
    private static final PublishResult PREVIEW = new PublishResult.Accepted(3, 4, Optional.empty());
    private static final PublishResult REJECTED = new PublishResult.Rejected(Refusal.DEFAULT);
    private static final PublishResult EMPTY = new PublishResult.Empty(2);

    private final Append append = new Append(List.of(LogRig.item("a", "1"), LogRig.item("a", "2")),
            LogRig.key("a", "k", "d"), List.of(REJECTED, PREVIEW, EMPTY, PREVIEW));

    private static PublishResult accepted(String id) {
        return new PublishResult.Accepted(3, 4, Optional.of(id));
    }

    @Test
    void shouldGiveIdsToAcceptedResultsAlone() {
        assertThat(append.results(List.of("x", "y"))).containsExactly(REJECTED, accepted("x"), EMPTY, accepted("y"));
    }

    @Test
    void shouldLeaveResultsWithoutIdsIfTheLogGivesNone() {
        assertThat(append.results(List.of())).containsExactly(REJECTED, PREVIEW, EMPTY, PREVIEW);
    }

    @Test
    void shouldNotTakeFewerIdsThanThereAreMessages() {
        assertThatExceptionOfType(NoSuchElementException.class).isThrownBy(() -> append.results(List.of("x")));
    }

    @Test
    void shouldRequireSomethingToAppendWithoutAKey() {
        assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> new Append(List.of()));
        assertThat(new Append(List.of(), LogRig.key("a", "k", "d"), List.of(REJECTED)).items()).isEmpty();
    }

    @Test
    void shouldNotChangeWithTheListsOfItsCaller() {
        List<Append.Item> items = new ArrayList<>(List.of(LogRig.item("a", "1")));
        Append copied = new Append(items);
        items.clear();

        assertThat(copied.items()).hasSize(1);
        assertThat(copied.key()).isEmpty();
        assertThat(copied.outcome()).isNotDone();
    }
}
