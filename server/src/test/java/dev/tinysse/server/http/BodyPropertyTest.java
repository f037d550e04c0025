package dev.tinysse.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.tinysse.api.Message;
import dev.tinysse.server.body.MessageBody;
import dev.tinysse.server.routing.BadRequestException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** The properties of every published body, with texts and bytes made at random from a fixed seed. */
class BodyPropertyTest {
    private static final String AWKWARD = "a \t\r\n:\"\\/%&=+;{}[],é€\u0000\u001f\u007f\u2028\ufeff\uffff";

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.oneOf(Arbitraries.strings().withChars(AWKWARD).ofMaxLength(40),
                Arbitraries.strings().withCharRange(' ', '\ud7ff').ofMaxLength(40),
                Arbitraries.of("😀", "\ud7ff\ue000", "null", "%", "%4", "%zz", "%41"));
    }

    @Provide
    Arbitrary<Message> messages() {
        Arbitrary<String> lines = texts().map(text -> text.replaceAll("[\r\n\0]", ""));
        return Combinators.combine(lines, lines, texts(), texts().list().ofMaxSize(3)).as((id, event, data,
                comments) -> Message.builder().id(id).event(event).data(data).comments(comments).build());
    }

    @Property(seed = "1")
    void shouldReadAMessageFromEverySpellingInJson(@ForAll("messages") Message message, @ForAll Random random)
            throws BadRequestException {
        String body = "{%1$s\"id\"%1$s:%2$s,\"more\":[{\"id\":1},null],\"event\":%3$s,%1$s\"data\":%4$s,\"comment\":[%5$s]}%1$s"
                .formatted(random.nextBoolean() ? " \t\r\n" : "", json(message.id().orElseThrow(), random),
                        json(message.event().orElseThrow(), random), json(message.data().orElseThrow(), random),
                        String.join(" , ", message.comments().stream().map(text -> json(text, random)).toList()));
        assertThat(MessageBody.JSON.read(body.getBytes(StandardCharsets.UTF_8), true).message()).isEqualTo(message);
    }

    @Property(seed = "2")
    void shouldReadAMessageFromAForm(@ForAll("messages") Message message) throws BadRequestException {
        StringBuilder form = new StringBuilder();
        message.id().filter(text -> !text.isEmpty()).ifPresent(text -> field(form, "id", text));
        message.event().filter(text -> !text.isEmpty()).ifPresent(text -> field(form, "event", text));
        message.data().ifPresent(text -> field(form, "data", text + "."));
        message.comments().forEach(text -> field(form, "comment", text));
        Message read = MessageBody.FORM.read(form.toString().getBytes(StandardCharsets.US_ASCII), true).message();
        assertThat(read.id()).isEqualTo(message.id().filter(text -> !text.isEmpty()));
        assertThat(read.event()).isEqualTo(message.event().filter(text -> !text.isEmpty()));
        assertThat(read.data()).isEqualTo(message.data().map(text -> text + "."));
        assertThat(read.comments()).isEqualTo(message.comments());
    }

    @Property(seed = "3")
    void shouldRefuseOrReadWhateverBytesThereAre(@ForAll("bodies") byte[] body, @ForAll MessageBody type,
            @ForAll boolean channels) {
        assertThatCode(() -> {
            try {
                type.read(body, channels);
            } catch (BadRequestException expected) {
                assertThat(expected).hasMessageNotContaining("Exception");
            }
        }).doesNotThrowAnyException();
    }

    /** Valid bodies with a few bytes changed, and bytes of all kinds. */
    @Provide
    Arbitrary<byte[]> bodies() {
        Arbitrary<byte[]> damaged = Combinators.combine(
                Arbitraries.of("{\"id\":\"a\\u00e9\\ud83d\\ude00\",\"data\":\"x\",\"n\":-1.5e3,\"comment\":[\"c\"]}",
                        "id=a%20b&data=%C3%A9&comment=x&comment=",
                        "{\"a\":[[[[{\"b\":[true,false,null]}]]]],\"data\":\"\"}"),
                Arbitraries.integers().between(0, 60).list().ofMaxSize(3),
                Arbitraries.of(List.of('"', '\\', '{', '[', ',', '\0', '%', '&', '=', 'u', '\u00c3', '\u00ff', '0')))
                .as(BodyPropertyTest::damage);
        return Arbitraries.oneOf(damaged, Arbitraries.bytes().array(byte[].class).ofMaxSize(60));
    }

    private static byte[] damage(String body, List<Integer> places, char wrong) {
        byte[] bytes = body.getBytes(StandardCharsets.ISO_8859_1);
        places.forEach(place -> bytes[place % bytes.length] = (byte) wrong);
        return bytes;
    }

    private static void field(StringBuilder form, String name, String value) {
        form.append(form.isEmpty() ? "" : "&").append(name).append('=')
                .append(URLEncoder.encode(value, StandardCharsets.UTF_8));
    }

    private static String json(String text, Random random) {
        StringBuilder json = new StringBuilder("\"");
        for (char c : text.toCharArray()) {
            boolean mustEscape = c < ' ' || c == '"' || c == '\\';
            // a half of a pair is escaped with its other half or not at all
            if (mustEscape || !Character.isSurrogate(c) && random.nextInt(4) == 0) {
                json.append("\\u%04x".formatted((int) c));
            } else {
                json.append(c);
            }
        }
        return json.append('"').toString();
    }
}
