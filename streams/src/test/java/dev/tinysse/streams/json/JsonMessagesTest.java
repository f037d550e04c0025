package dev.tinysse.streams.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonMessagesTest {
    private static String stored(String body) throws JsonException {
        return new String(JsonMessages.ofBody(body.getBytes(UTF_8)), UTF_8);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"{\"a\":1}|{\"a\":1},", "[{\"a\":1}, {\"b\":[2,3]}]|{\"a\":1},{\"b\":[2,3]},",
            "[[1,2],[3]]|[1,2],[3],", "[[[1,2,3]]]|[[1,2,3]],", "' 7 '|7,", "\"a,b\"|\"a,b\",", "null|null,", "[]|''",
            "' [ ] '|''", "[\"\\\"],\"]|\"\\\"],\",", "-0.5e+3|-0.5e+3,", "{}|{},", "[{},[]]|{},[],",
            "'{ \"a\" : [ true , false ] }'|'{ \"a\" : [ true , false ] },'"})
    void shouldFlattenOneLevel(String body, String stored) throws JsonException {
        assertThat(stored(body)).isEqualTo(stored);
    }

    @Test
    void shouldLeaveTheBytesOfAMessageAsTheyAre() throws JsonException {
        assertThat(stored("\n[ {\n \"a\" : 1\r\n} , \"\u00e4\u20ac\ud83d\ude00\\u00e4\" ]\n"))
                .isEqualTo("{\n \"a\" : 1\r\n},\"\u00e4\u20ac\ud83d\ude00\\u00e4\",");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "{", "}", "[", "]", "[1", "[1,", "[1,]", "[,1]", "{\"a\"}", "{\"a\":}",
            "{\"a\":1,}",
            "{a:1}", "{\"a\":1]", "[1}", "01", "1.", ".5", "+1", "-", "1e", "tru", "nulll", "\"a", "\"\\x\"",
            "\"\\u12g4\"",
            "\"\t\"", "1 2", "[1] 2", "{} {}", "'a'", "\ufeff1", "[[1,2]", "{\"a\":1 \"b\":2}"})
    void shouldRefuseWhatIsNotJson(String body) {
        assertThatThrownBy(() -> stored(body)).isInstanceOf(JsonException.class);
    }

    @Test
    void shouldRefuseWhatIsNotUtf8() {
        for (int[] bytes : new int[][]{{0xff}, {0xc0, 0x80}, {0xe0, 0x80, 0x80}, {0xed, 0xa0, 0x80},
                {0xf4, 0x90, 0x80, 0x80},
                {0xe2, 0x82}, {0x80}, {0xf5, 0x80, 0x80, 0x80}}) {
            byte[] body = new byte[bytes.length + 2];
            body[0] = '"';
            body[body.length - 1] = '"';
            for (int i = 0; i < bytes.length; i++) {
                body[i + 1] = (byte) bytes[i];
            }
            assertThatThrownBy(() -> JsonMessages.ofBody(body)).isInstanceOf(JsonException.class);
        }
    }

    @Test
    void shouldTakeAnyDepth() throws JsonException {
        String deep = "{\"a\":[".repeat(100_000) + "]}".repeat(100_000);

        assertThat(stored(deep)).isEqualTo(deep + ",");
    }

    @Test
    void shouldTakeALine() throws JsonException {
        byte[] lines = "x[1,2] \r\ny".getBytes(UTF_8);

        assertThat(JsonMessages.ofLine(lines, 1, lines.length - 2)).asString(UTF_8).isEqualTo("[1,2],");
        assertThat(JsonMessages.ofLine(lines, 1, 1)).isEmpty();
        assertThatThrownBy(() -> JsonMessages.ofLine(lines, 0, 3)).hasMessageContaining("position=0");
        assertThatThrownBy(() -> JsonMessages.ofLine(lines, 1, 5)).hasMessageContaining("position=4");
    }

    @Property(tries = 200)
    void shouldFindTheEndsOfMessages(@ForAll("values") List<String> values) throws JsonException {
        byte[] stored = JsonMessages.ofBody(("[" + String.join(" , ", values) + "]").getBytes(UTF_8));
        List<String> found = new ArrayList<>();
        for (int at = 0; at < stored.length;) {
            int end = JsonMessages.endOfMessage(stored, at, stored.length);
            found.add(new String(stored, at, end - at - 1, UTF_8));
            at = end;
        }

        assertThat(found).isEqualTo(values);
    }

    @Provide
    Arbitrary<List<String>> values() {
        Arbitrary<String> scalars = Arbitraries.of("1", "-2.5e7", "true", "null", "\"\"", "\",[{\"", "\"\\\\\"",
                "\"\\\",\"", "\"\u00e4\"");
        Arbitrary<String> nested = Arbitraries.lazyOf(() -> scalars,
                () -> scalars.list().ofMaxSize(3).map(list -> "[" + String.join(",", list) + "]"),
                () -> scalars.list().ofMaxSize(3)
                        .map(list -> "{\"k,\":[" + String.join(" , ", list) + "],\"\\\"\": {}}"));
        return nested.list().ofMinSize(1).ofMaxSize(6);
    }
}
