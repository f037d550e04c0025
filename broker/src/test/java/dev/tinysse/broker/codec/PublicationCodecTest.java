package dev.tinysse.broker.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tinysse.api.Message;
import dev.tinysse.api.Publication;
import dev.tinysse.api.Request;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class PublicationCodecTest {
    private static final Request REQUEST = new Request("POST", "/sse/a?b=c", "/sse/a", "b=c", "192.0.2.1", 65_535,
            Map.of("host", "h", "x-name", "J\u00f6rg \u4e16"));

    static final List<Message> MESSAGES = List.of(Message.of("x"), Message.of(""), Message.of("\ud83d\ude00\n"),
            Message.builder().id("i").event("e").data("d").comments(List.of("", "c")).build(),
            Message.builder().comments(List.of("alone")).build(), Message.builder().id("").data("x").build());

    private static byte[] encode(Message message, Optional<String> attributes, boolean ownId) {
        ByteSink sink = new ByteSink();
        PublicationCodec.put(sink, Publication.of(REQUEST, message).withChannel("a.b"), attributes, ownId);
        return Arrays.copyOf(sink.bytes(), sink.length());
    }

    private static PublicationCodec.Decoded decode(byte[] bytes) {
        return PublicationCodec.get(bytes, 0, bytes.length, new RequestCache());
    }

    @ParameterizedTest
    @FieldSource("MESSAGES")
    void shouldReadWhatItHasWritten(Message message) {
        PublicationCodec.Decoded decoded = decode(encode(message, Optional.of("saved"), message.id().isPresent()));

        assertThat(decoded.publication().message()).isEqualTo(message);
        assertThat(decoded.publication().request()).isEqualTo(REQUEST);
        assertThat(decoded.publication().channel()).isEqualTo("a.b");
        assertThat(decoded.attributes()).contains("saved");
        assertThat(decoded.ownId()).isEqualTo(message.id().isPresent());
    }

    @Test
    void shouldReadNoAttributesWhereThereAreNone() {
        assertThat(decode(encode(Message.of("x"), Optional.empty(), false)).attributes()).isEmpty();
    }

    @Test
    void shouldReadTheBeginAlone() {
        byte[] bytes = encode(Message.builder().id("i").data("x".repeat(1000)).build(), Optional.empty(), true);

        assertThat(PublicationCodec.begin(new ByteSource(bytes, 0)))
                .isEqualTo(new PublicationCodec.Begin("a.b", "i", true));
    }

    @Test
    void shouldReadNothingFromBytesThatAreCutOff() {
        byte[] bytes = encode(MESSAGES.get(3), Optional.of("saved"), true);

        for (int length = 0; length < bytes.length; length++) {
            byte[] cut = Arrays.copyOf(bytes, length);
            assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> decode(cut));
        }
    }

    @Test
    void shouldShareARequestWithThePublicationBefore() {
        RequestCache requests = new RequestCache();
        byte[] bytes = encode(Message.of("x"), Optional.empty(), false);
        Request first = PublicationCodec.get(bytes, 0, bytes.length, requests).publication().request();

        assertThat(PublicationCodec.get(bytes, 0, bytes.length, requests).publication().request()).isSameAs(first);
        ByteSink other = new ByteSink();
        PublicationCodec.put(other, Publication.of(
                new Request("POST", "/other", "/other", "", "192.0.2.1", 1, Map.of()), Message.of("x")),
                Optional.empty(), false);
        assertThat(PublicationCodec.get(other.bytes(), 0, other.length(), requests).publication().request().uri())
                .isEqualTo("/other");
    }

    @Test
    void shouldWriteAndReadNumbersOfAnySize() {
        ByteSink sink = new ByteSink(1);
        int[] counts = {0, 1, 127, 128, 16_383, 16_384, Integer.MAX_VALUE};
        for (int count : counts) {
            sink.putCount(count);
        }
        sink.putLong(Long.MIN_VALUE);
        sink.putByte(255);
        ByteSource source = new ByteSource(sink.bytes(), 0);

        for (int count : counts) {
            assertThat(source.getCount()).isEqualTo(count);
        }
        assertThat(source.getLong()).isEqualTo(Long.MIN_VALUE);
        assertThat(source.getByte()).isEqualTo(255);
        assertThat(source.at()).isEqualTo(sink.length());
    }

    @Test
    void shouldTakeBytesBackAndLeaveZeros() {
        ByteSink sink = new ByteSink(4);
        sink.putText("abc");
        sink.cut(1);
        sink.skip(2);
        sink.put(new byte[]{7, 8, 9}, 1, 2);

        assertThat(Arrays.copyOf(sink.bytes(), sink.length())).containsExactly(3, 0, 0, 8, 9);
    }
}
