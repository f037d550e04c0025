package dev.tinysse.broker.nodes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tinysse.api.Request;
import dev.tinysse.api.Subscription;
import dev.tinysse.broker.admin.ChannelInfo;
import dev.tinysse.broker.admin.ChannelPage;
import dev.tinysse.broker.admin.ChannelQuery;
import dev.tinysse.broker.admin.StreamEnd;
import dev.tinysse.broker.admin.StreamFilter;
import dev.tinysse.broker.admin.StreamId;
import dev.tinysse.broker.admin.StreamInfo;
import dev.tinysse.broker.admin.StreamPage;
import dev.tinysse.broker.admin.StreamQuery;
import dev.tinysse.broker.codec.ByteSink;
import dev.tinysse.broker.codec.ByteSource;
import dev.tinysse.broker.hooks.HookCalls;
import dev.tinysse.broker.log.ChannelHistory;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;

class NodeRequestTest {
    private static final StreamId ID = new StreamId(-1, 7);

    static final List<StreamFilter> FILTERS = List.of(StreamFilter.ALL, StreamFilter.of(ID),
            new StreamFilter(Optional.empty(), Optional.of("a.*"), Optional.of("ann")));

    /** What another node reads, which has read the kind. */
    private static ByteSource read(byte[] request, int kind) {
        ByteSource source = new ByteSource(request, 0);
        assertThat(source.getByte()).isEqualTo(kind);
        return source;
    }

    @ParameterizedTest
    @FieldSource("FILTERS")
    void shouldReadARequestForStreams(StreamFilter filter) {
        StreamQuery query = new StreamQuery(filter, Optional.of(ID), 1000);

        assertThat(NodeRequest.streamQuery(read(NodeRequest.streams(query), NodeRequest.STREAMS))).isEqualTo(query);
    }

    @ParameterizedTest
    @FieldSource("FILTERS")
    void shouldReadARequestToEndStreams(StreamFilter filter) {
        StreamEnd end = new StreamEnd(filter, filter.isAll());

        assertThat(NodeRequest.streamEnd(read(NodeRequest.end(end), NodeRequest.END))).isEqualTo(end);
    }

    @Test
    void shouldReadARequestForChannels() {
        ChannelQuery query = new ChannelQuery("a", Optional.of("ab"), 10);

        assertThat(NodeRequest.channelQuery(read(NodeRequest.channels(query), NodeRequest.CHANNELS)))
                .isEqualTo(query);
    }

    @Test
    void shouldReadAPageOfStreams() {
        StreamPage page = new StreamPage(List.of(
                new StreamInfo(ID, "192.0.2.1", List.of("a", "b.*"), 1, 2, 3, Long.MAX_VALUE, 5, Optional.of("ann"),
                        "node"),
                new StreamInfo(new StreamId(1, 2), "", List.of(), 0, 0, 0, 0, 0, Optional.empty(), "")),
                Optional.of(ID));

        assertThat(NodeRequest.streamPage(NodeRequest.page(page))).isEqualTo(page);
        StreamPage none = new StreamPage(List.of(), Optional.empty());
        assertThat(NodeRequest.streamPage(NodeRequest.page(none))).isEqualTo(none);
    }

    @Test
    void shouldReadAPageOfChannelsWithoutTheirHistory() {
        ChannelInfo channel = new ChannelInfo("a", 1, 2, 3, Optional.of(new ChannelHistory(1, 2, 3, "x", "y")));

        assertThat(NodeRequest.channelPage(NodeRequest.page(new ChannelPage(List.of(channel), Optional.of("a")))))
                .isEqualTo(new ChannelPage(List.of(new ChannelInfo("a", 1, 2, 3, Optional.empty())), Optional.of("a")));
    }

    @Test
    void shouldReadASubscriptionAsItIs() {
        Map<String, Object> claims = Map.of("sub", "ann", "admin", true, "exp", 1L << 40, "score", 1.5, "roles",
                List.of("a", false), "more", Map.of("x", "y"));
        Subscription subscription = Subscription
                .of(new Request("GET", "/sse?x=y", "/sse", "x=y", "::1", 1, Map.of("host", "h")).withClaims(claims))
                .withChannels(List.of("a", "b.*")).withLastEventId("7").withUser("bob");
        ByteSink sink = new ByteSink();
        new OpenSubscription(ID, subscription).put(sink, HookCalls.none());
        OpenSubscription read = OpenSubscription.get(new ByteSource(NodeRequest.bytes(sink), 0), HookCalls.none());

        assertThat(read.id()).isEqualTo(ID);
        assertThat(read.subscription().request()).isEqualTo(subscription.request());
        assertThat(read.subscription().request().claims()).isEqualTo(claims);
        assertThat(read.subscription().channels()).isEqualTo(subscription.channels());
        assertThat(read.subscription().lastEventId()).contains("7");
        assertThat(read.subscription().user()).contains("bob");
    }

    @Test
    void shouldReadNoClaimOfAnUnknownType() {
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> Values.value(new ByteSource(new byte[]{'?'}, 0))).withMessageContaining("63");
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> Values.put(new ByteSink(), (Object) 'c')).withMessageContaining("Character");
    }

    private static List<byte[]> requests() {
        StreamFilter filter = new StreamFilter(Optional.of(ID), Optional.of("a"), Optional.of("ann"));
        return List.of(NodeRequest.streams(new StreamQuery(filter, Optional.of(ID), 300)),
                NodeRequest.end(new StreamEnd(filter, true)),
                NodeRequest.channels(new ChannelQuery("prefix", Optional.of("after"), 300)));
    }

    @ParameterizedTest
    @MethodSource("requests")
    void shouldRejectARequestOfWhichAPartIsMissing(byte[] request) {
        for (int length = 1; length < request.length; length++) {
            byte[] part = Arrays.copyOf(request, length);
            assertThatExceptionOfType(IndexOutOfBoundsException.class).as("%s bytes", length)
                    .isThrownBy(() -> decode(part));
        }
        assertThatCode(() -> decode(request)).doesNotThrowAnyException();
    }

    private static void decode(byte[] request) {
        ByteSource from = new ByteSource(request, 0);
        Object decoded = switch (from.getByte()) {
            case NodeRequest.STREAMS -> NodeRequest.streamQuery(from);
            case NodeRequest.END -> NodeRequest.streamEnd(from);
            default -> NodeRequest.channelQuery(from);
        };
        assertThat(decoded).isNotNull();
    }

    @Test
    void shouldRejectAResponseThatPromisesMoreThanItHas() {
        ByteSink many = new ByteSink();
        many.putCount(Integer.MAX_VALUE);
        byte[] response = NodeRequest.bytes(many);

        assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> NodeRequest.streamPage(response));
        assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> NodeRequest.channelPage(response));
        assertThatExceptionOfType(IndexOutOfBoundsException.class)
                .isThrownBy(() -> Values.texts(new ByteSource(response, 0)));
        assertThatExceptionOfType(IndexOutOfBoundsException.class)
                .isThrownBy(() -> Values.map(new ByteSource(response, 0)));
    }

    @Test
    void shouldRejectTextThatEndsEarly() {
        ByteSink sink = new ByteSink();
        sink.putCount(10);
        sink.putByte('x');

        assertThatExceptionOfType(IndexOutOfBoundsException.class)
                .isThrownBy(() -> new ByteSource(NodeRequest.bytes(sink), 0).getText());
    }

    @Test
    void shouldReadCountsOfAnySize() {
        for (int count : new int[]{0, 1, 127, 128, 16_383, 16_384, Integer.MAX_VALUE}) {
            assertThat(new ByteSource(NodeRequest.count(count), 0).getCount()).isEqualTo(count);
        }
    }
}
