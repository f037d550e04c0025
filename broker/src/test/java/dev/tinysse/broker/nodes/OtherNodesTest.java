package dev.tinysse.broker.nodes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tinysse.broker.TextFormat;
import dev.tinysse.broker.dispatch.Dispatcher;
import dev.tinysse.broker.dispatch.WorkerQueue;
import dev.tinysse.broker.log.ChannelSet;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OtherNodesTest {
    private final OtherNodes others = new OtherNodes(
            new Dispatcher(16, TextFormat.PLAIN, List.of(new WorkerQueue())), Optional.empty(),
            request -> (new String(request, UTF_8) + "!").getBytes(UTF_8));

    private static byte[] state(Map<ChannelSet, Integer> interests) {
        return NodeCounts.encode(interests, Map.of());
    }

    private static ChannelSet channels(String... texts) {
        return ChannelSet.of(List.of(texts));
    }

    @Test
    void shouldCountTheStreamsThatOtherNodesReport() {
        others.reported("one", state(Map.of(channels("a", "b"), 2, channels("a.*"), 3)));
        others.reported("two", state(Map.of(channels("a"), 5)));

        assertThat(others.subscribers("a")).isEqualTo(7);
        assertThat(others.subscribers("b")).isEqualTo(2);
        assertThat(others.subscribers("a.x")).isEqualTo(3);
        assertThat(others.subscribers("c")).isZero();
        assertThat(others.streams()).isEqualTo(10);
    }

    @Test
    void shouldCountTheLastReportOfANodeAlone() {
        others.reported("one", state(Map.of(channels("a"), 2)));
        others.reported("one", state(Map.of(channels("b"), 3)));

        assertThat(others.subscribers("a")).isZero();
        assertThat(others.subscribers("b")).isEqualTo(3);
    }

    @Test
    void shouldForgetANodeThatIsGone() {
        others.reported("one", state(Map.of(channels("a"), 2)));
        others.gone("one", Duration.ofSeconds(5));

        assertThat(others.streams()).isZero();
        assertThat(others.subscribers("a")).isZero();
    }

    @Test
    void shouldCountAStreamOnceThatIsOnAChannelByNameAndByPattern() {
        others.reported("one", state(Map.of(channels("a.b", "a.*"), 1)));

        assertThat(others.subscribers("a.b")).isEqualTo(1);
    }

    @Test
    void shouldAddTheChannelsThatStreamsOfOtherNodesName() {
        others.reported("one", state(Map.of(channels("a", "b"), 2, channels("c", "x.*"), 1)));

        assertThat(others.withOthers(Map.of("a", 1), name -> !name.equals("b"))).isEqualTo(Map.of("a", 3, "c", 1));
    }

    @Test
    void shouldReportItsStateAgainOnlyIfItHasChanged() {
        assertThat(others.state()).isPresent();
        assertThat(others.state()).isEmpty();
    }

    @Test
    void shouldRespondToOtherNodes() {
        assertThat(others.respond("request".getBytes(UTF_8))).isEqualTo("request!".getBytes(UTF_8));
    }

    @Test
    void shouldReadTheUsersOfANode() {
        Map<NodeCounts.User, Integer> users = Map.of(new NodeCounts.User("a", "ann"), 1,
                new NodeCounts.User("b", "ann"),
                2);

        assertThat(NodeCounts.decode(NodeCounts.encode(Map.of(), users)).users()).isEqualTo(users);
        assertThat(NodeCounts.NONE.streams()).isZero();
    }
}
