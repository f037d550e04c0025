package dev.tinysse.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

class MessageTest {
    static final List<String> NOT_ONE_LINE = List.of("\r", "\n", "\0", "a\nb", "a\r", "\na");
    static final List<String> NOT_UNICODE = List.of("\uD800", "\uDC00", "\uDC00\uD800", "a\uDBFFb",
            "\uD83D\uDE00\uD83D");
    static final List<String> FINE = List.of("", " ", "a: b", "\t\u0001\u007F\u0085\u2028\uFEFF\uFFFF", "\uD83D\uDE00",
            "\uDBFF\uDFFF");

    @ParameterizedTest
    @FieldSource("NOT_ONE_LINE")
    void shouldRefuseAnIdOrEventThatIsNotOneLine(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Message.builder().id(text).build())
                .withMessageStartingWith("id");
        assertThatIllegalArgumentException().isThrownBy(() -> Message.builder().event(text).build())
                .withMessageStartingWith("event");
    }

    @ParameterizedTest
    @FieldSource("NOT_ONE_LINE")
    void shouldTakeEveryLineBreakInDataAndComments(String text) {
        assertThat(Message.of(text).data()).contains(text);
        assertThat(Message.builder().comments(List.of(text)).build().comments()).containsExactly(text);
    }

    @ParameterizedTest
    @FieldSource("NOT_UNICODE")
    void shouldRefuseHalfOfASurrogatePairInEveryField(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Message.builder().id(text).build());
        assertThatIllegalArgumentException().isThrownBy(() -> Message.builder().event(text).build());
        assertThatIllegalArgumentException().isThrownBy(() -> Message.of(text));
        assertThatIllegalArgumentException().isThrownBy(() -> Message.builder().comments(List.of("a", text)).build());
    }

    @ParameterizedTest
    @FieldSource("FINE")
    void shouldTakeAllOtherTextInEveryField(String text) {
        Message message = Message.builder().id(text).event(text).data(text).comments(List.of(text)).build();
        assertThat(message.id()).contains(text);
        assertThat(message.event()).contains(text);
        assertThat(message.data()).contains(text);
        assertThat(message.comments()).containsExactly(text);
    }

    @Test
    void shouldBeEmptyOnlyWithoutAnyField() {
        assertThat(Message.EMPTY.isEmpty()).isTrue();
        assertThat(Message.builder().build().isEmpty()).isTrue();
        assertThat(Message.builder().id("").build().isEmpty()).isFalse();
        assertThat(Message.builder().event("").build().isEmpty()).isFalse();
        assertThat(Message.of("").isEmpty()).isFalse();
        assertThat(Message.builder().comments(List.of("")).build().isEmpty()).isFalse();
    }

    @Test
    void shouldNotChangeWithTheListItWasMadeFrom() {
        List<String> comments = new ArrayList<>(List.of("a"));
        Message message = Message.builder().comments(comments).build();
        comments.add("b\uD800");
        assertThat(message.comments()).containsExactly("a");
    }

    @Test
    @SuppressWarnings("NullAway") // null is what is refused
    void shouldRefuseNull() {
        assertThatNullPointerException().isThrownBy(() -> Message.builder().id(null));
        assertThatNullPointerException().isThrownBy(() -> Message.builder().event(null));
        assertThatNullPointerException().isThrownBy(() -> Message.of(null));
        assertThatNullPointerException().isThrownBy(() -> Message.builder().comments(null));
        assertThatNullPointerException()
                .isThrownBy(() -> Message.builder().comments(Arrays.asList("a", null)).build());
    }

    @Test
    void shouldBeEqualToAMessageWithTheSameFields() {
        Message message = Message.builder().id("i").data("d").build();
        assertThat(message).isEqualTo(Message.builder().id("i").data("d").build())
                .hasSameHashCodeAs(Message.builder().id("i").data("d").build())
                .isNotEqualTo(Message.builder().id("i").data("d").event("").build());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a\r\nb", "J\u00f6rg \u4e16", "\ud83d\ude00", "\ufffd", "\ufeff\0"})
    void shouldTakeDataInUtf8(String text) {
        byte[] data = text.getBytes(UTF_8);
        assertThat(Message.ofUtf8(data, 0, data.length)).isEqualTo(Message.of(text));
        byte[] more = ("<" + text + ">").getBytes(UTF_8);
        assertThat(Message.ofUtf8(more, 1, data.length)).isEqualTo(Message.of(text));
    }

    @ParameterizedTest
    @CsvSource({"610080, 2", "ffff, 0", "e4b8, 0", "61c0af, 1", "eda080, 0", "efbfbd80, 3"})
    void shouldRefuseDataThatIsNotUtf8(String bytes, int index) {
        byte[] data = HexFormat.of().parseHex(bytes);
        assertThatThrownBy(() -> Message.ofUtf8(data, 0, data.length)).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("data must be UTF-8: found malformed bytes at index " + index);
        byte[] more = HexFormat.of().parseHex("ff61" + bytes);
        assertThatThrownBy(() -> Message.ofUtf8(more, 2, data.length)).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("data must be UTF-8: found malformed bytes at index " + index);
    }

    @Test
    void shouldRefuseMoreBytesThanThereAre() {
        assertThatThrownBy(() -> Message.ofUtf8(new byte[3], 2, 2)).isInstanceOf(IndexOutOfBoundsException.class);
    }
}
