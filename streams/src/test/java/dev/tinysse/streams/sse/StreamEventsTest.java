package dev.tinysse.streams.sse;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tinysse.streams.model.Offset;
import dev.tinysse.streams.sse.StreamEvents.Form;
import java.io.ByteArrayOutputStream;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StreamEventsTest {
    private static final Offset OFFSET = new Offset(7, 5);
    private static final String ID = "id: 0000000000000007_0000000000000005\n";

    private static String data(Form form, boolean plain, String text) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] bytes = ("<" + text + ">").getBytes(UTF_8);
        StreamEvents.data(out, OFFSET, form, plain, bytes, 1, bytes.length - 1);
        return out.toString(UTF_8);
    }

    private static String control(Optional<String> cursor, boolean upToDate, boolean closed) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        StreamEvents.control(out, OFFSET, cursor, upToDate, closed);
        return out.toString(UTF_8);
    }

    @Test
    void shouldWriteIdEventData() {
        assertThat(data(Form.TEXT, false, "hello")).isEqualTo(ID + "event: data\ndata:hello\n\n");
        assertThat(data(Form.TEXT, true, "hello")).isEqualTo(ID + "data:hello\n\n");
    }

    @Test
    void shouldSplitTextAtEveryLineBreak() {
        assertThat(data(Form.TEXT, true, "a\nb\rc\r\nd\n\ne\n"))
                .isEqualTo(ID + "data:a\ndata:b\ndata:c\ndata:d\ndata:\ndata:e\ndata:\n\n");
        assertThat(data(Form.TEXT, true, "a\r\n")).isEqualTo(ID + "data:a\ndata:\n\n");
        assertThat(data(Form.TEXT, true, "a\r")).isEqualTo(ID + "data:a\ndata:\n\n");
        assertThat(data(Form.TEXT, true, "")).isEqualTo(ID + "data:\n\n");
    }

    @Test
    void shouldPutASpaceBeforeALineThatBeginsWithOne() {
        assertThat(data(Form.TEXT, true, " a\n b\nc")).isEqualTo(ID + "data:  a\ndata:  b\ndata:c\n\n");
    }

    @Test
    void shouldPutAMessageOfJsonIntoAnArray() {
        assertThat(data(Form.JSON, false, "{\"a\":1}")).isEqualTo(ID + "event: data\ndata:[{\"a\":1}]\n\n");
        assertThat(data(Form.JSON, true, "{\"a\":1}")).isEqualTo(ID + "data:{\"a\":1}\n\n");
        assertThat(data(Form.JSON, false, "{\n \"a\":1\n}"))
                .isEqualTo(ID + "event: data\ndata:[{\ndata:  \"a\":1\ndata:}]\n\n");
    }

    @Test
    void shouldEncodeOtherBytesInBase64() {
        assertThat(data(Form.BINARY, false, "\n\u00e4")).isEqualTo(ID + "event: data\ndata:CsOk\n\n");
    }

    @Test
    void shouldSayWhereTheClientIs() {
        assertThat(control(Optional.of("12"), true, false)).isEqualTo(ID
                + "event: control\ndata:{\"streamNextOffset\":\"0000000000000007_0000000000000005\","
                + "\"streamCursor\":\"12\",\"upToDate\":true}\n\n");
        assertThat(control(Optional.empty(), true, true)).isEqualTo(ID
                + "event: control\ndata:{\"streamNextOffset\":\"0000000000000007_0000000000000005\","
                + "\"upToDate\":true,\"streamClosed\":true}\n\n");
    }
}
