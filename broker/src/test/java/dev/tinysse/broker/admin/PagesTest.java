package dev.tinysse.broker.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tinysse.api.Request;
import dev.tinysse.api.Subscription;
import dev.tinysse.broker.log.ChannelSet;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pages of streams and channels, from several nodes. */
class PagesTest {
    private static ChannelPage channels(Optional<String> next, String... names) {
        return new ChannelPage(Arrays.stream(names).map(name -> new ChannelInfo(name, 1, 1, 1, Optional.empty()))
                .toList(), next);
    }

    private static StreamPage streams(Optional<StreamId> next, long... numbers) {
        return new StreamPage(Arrays.stream(numbers).mapToObj(PagesTest::stream).toList(), next);
    }

    private static StreamInfo stream(long number) {
        return new StreamInfo(new StreamId(number % 2, number), "", List.of(), 0, 0, 0, 0, 0, Optional.empty(), "");
    }

    @Test
    void shouldSortTheStreamsOfAllPagesByTheirIds() {
        StreamPage page = StreamPage.merge(List.of(streams(Optional.empty(), 3, 1), streams(Optional.empty(), 2)), 10);

        assertThat(page.streams()).extracting(stream -> stream.id().number()).containsExactly(2L, 1L, 3L);
        assertThat(page.next()).isEmpty();
    }

    @Test
    void shouldNameTheLastStreamOfAPageThatIsFull() {
        StreamPage page = StreamPage.merge(List.of(streams(Optional.empty(), 3, 1), streams(Optional.empty(), 2)), 2);

        assertThat(page.streams()).hasSize(2);
        assertThat(page.next()).contains(new StreamId(1, 1));
    }

    @Test
    void shouldGoOnIfOneOfThePagesDoes() {
        StreamPage page = StreamPage.merge(List.of(streams(Optional.of(new StreamId(0, 2)), 2)), 10);

        assertThat(page.next()).contains(new StreamId(0, 2));
        assertThat(StreamPage.merge(List.of(streams(Optional.empty())), 10).next()).isEmpty();
    }

    @Test
    void shouldLeaveOutChannelsBehindTheEndOfAPage() {
        ChannelPage page = ChannelPage
                .merge(List.of(channels(Optional.of("b"), "a", "b"), channels(Optional.empty(), "a", "c")), 10);

        assertThat(page.channels()).extracting(ChannelInfo::name).containsExactly("a", "b");
        assertThat(page.channels().getFirst().streams()).isEqualTo(2);
        assertThat(page.next()).contains("b");
    }

    @Test
    void shouldNameTheLastChannelOfAPageThatIsFull() {
        ChannelPage page = ChannelPage.merge(List.of(channels(Optional.empty(), "a", "b", "c")), 2);

        assertThat(page.channels()).extracting(ChannelInfo::name).containsExactly("a", "b");
        assertThat(page.next()).contains("b");
    }

    @Test
    void shouldReadTheIdOfAStream() {
        StreamId id = new StreamId(-2, 17);

        assertThat(id).hasToString("fffffffffffffffe-17");
        assertThat(StreamId.parse(id.toString())).contains(id);
        assertThat(id).isGreaterThan(new StreamId(1, 18)).isLessThan(new StreamId(-1, 0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "fffffffffffffffe", "fffffffffffffffe-", "FFFFFFFFFFFFFFFE-1", "fffffffffffffffe_1",
            "fffffffffffffffe-x", "fffffffffffffffe--1", "fffffffffffffffe-1234567890123456789"})
    void shouldReadNothingElseAsTheIdOfAStream(String text) {
        assertThat(StreamId.parse(text)).isEmpty();
    }

    @Test
    void shouldChooseStreamsByIdChannelAndUser() {
        StreamId id = new StreamId(1, 2);
        ChannelSet channels = ChannelSet.of(List.of("a", "b.*"));
        Subscription subscription = Subscription
                .of(new Request("GET", "/sse", "/sse", "", "::1", 1, Map.of())).withUser("ann");

        assertThat(StreamFilter.ALL.matches(id, channels, subscription)).isTrue();
        assertThat(StreamFilter.of(id).matches(id, channels, subscription)).isTrue();
        assertThat(StreamFilter.of(new StreamId(1, 3)).matches(id, channels, subscription)).isFalse();
        assertThat(filter("b.*", "ann").matches(id, channels, subscription)).isTrue();
        assertThat(filter("b.x", "ann").matches(id, channels, subscription)).isTrue();
        assertThat(filter("c", "ann").matches(id, channels, subscription)).isFalse();
        assertThat(filter("a", "bob").matches(id, channels, subscription)).isFalse();
    }

    private static StreamFilter filter(String channel, String user) {
        return new StreamFilter(Optional.empty(), Optional.of(channel), Optional.of(user));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 1001})
    void shouldRejectALimitThatIsOutOfRange(int limit) {
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> new StreamQuery(StreamFilter.ALL, Optional.empty(), limit))
                .withMessageContaining("limit=" + limit);
    }
}
