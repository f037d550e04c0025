package dev.tinysse.luahooks.packages.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tinysse.lua.runtime.LuaRuntime;
import dev.tinysse.lua.value.LuaException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;

/** The properties of every text, valid or not, made at random from a fixed seed. */
class JsonPropertyTest {
    private static final List<String> PIECES = List.of("{", "}", "[", "]", ",", ":", "\"", "\\", "\"a\"", "\"\\u00e9\"",
            "\"\\ud83d\\ude00\"", "\\ud800", "null", "true", "fals", "0", "-", "1", "01", "1.5", "e9", "E-400", "1e400",
            "9223372036854775807", "9223372036854775808", ".", " ", "\t", "\n", "\0", "\u007f", "é", "[[", "]]",
            "{\"k\":", "\"\",");

    private final LuaRuntime runtime = new LuaRuntime();

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.of(PIECES).list().ofMaxSize(25).map(pieces -> String.join("", pieces));
    }

    @Provide
    Arbitrary<String> values() {
        Arbitrary<String> scalars = Arbitraries.of("0", "-0.0", "1e16", "-9223372036854775808", "9.5",
                "\"a\\n\\u0000é\"",
                "\"\"", "null", "true", "false", "[]", "{}");
        return Arbitraries.recursive(() -> scalars, inner -> Combinators
                .combine(inner.list().ofMinSize(1).ofMaxSize(4), Arbitraries.of(true, false))
                .as(JsonPropertyTest::nest), 0, 4);
    }

    private static String nest(List<String> values, boolean array) {
        if (array) {
            return "[" + String.join(" , ", values) + "]";
        }
        return "{\"only\":" + values.getFirst() + "}";
    }

    @Property(seed = "1")
    void shouldReadOrRefuseWhateverThereIs(@ForAll("texts") String text) {
        read(text).ifPresent(value -> assertThat(read(write(value))).isPresent());
    }

    @Property(seed = "2")
    void shouldWriteWhatItHasRead(@ForAll("values") String text) {
        LuaValue value = read(text).orElseThrow();
        assertThat(read(write(value)).map(this::write)).contains(write(value));
    }

    private Optional<LuaValue> read(String text) {
        try {
            return Optional.of(JsonReader.read(runtime, LuaString.valueOf(text.getBytes(StandardCharsets.UTF_8))));
        } catch (LuaException refused) {
            return Optional.empty();
        }
    }

    private String write(LuaValue value) {
        return JsonWriter.write(runtime, value, false).tojstring();
    }
}
