package dev.tinysse.server.rights;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A pattern is allowed if every name that it matches is. */
class RightsTest {
    @ParameterizedTest
    @CsvSource({"user.42.**, user.42.*", "user.42.**, user.42.a.b", "user.42.**, user.42.*.x.**", "**, default",
            "**, **",
            "**, a.*.**", "*, *", "a.*, a.b", "a.**, a.**", "*.**, a.b", "*.b, a.b", "a.* a.*.**, a.**", "* *.**, **",
            "a.b.* a.*.c a.*.*, a.*.*"})
    void shouldAllow(String rights, String wanted) {
        assertThat(subscribe(rights).maySubscribe(wanted)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"user.42.**, user.421", "user.42.**, user.42", "user.42.**, user.**", "user.42.**, user.*.x",
            "user.42.**, **", "*, **", "*.**, **", "a.*, a.**", "a.*.**, a.**", "a.b a.c, a.*", "a.*, a.*.b",
            "a.b, *.b",
            "*.b a.*, *.*", "a, b", "a, *", "* *.*, **", "a.* a.*.*.**, a.**", "default, *"})
    void shouldRefuse(String rights, String wanted) {
        assertThat(subscribe(rights).maySubscribe(wanted)).isFalse();
    }

    @Test
    void shouldTellPublishFromSubscribe() {
        Rights rights = Rights.parse(List.of("publish:a.*", "subscribe:b")).orElseThrow();
        assertThat(rights.mayPublish("a.x")).isTrue();
        assertThat(rights.mayPublish("b")).isFalse();
        assertThat(rights.maySubscribe("b")).isTrue();
        assertThat(rights.maySubscribe("a.x")).isFalse();
        assertThat(rights).hasToString("publish:a.* subscribe:b");
        assertThat(Rights.NONE.mayPublish("a")).isFalse();
        assertThat(Rights.NONE.maySubscribe("a")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"publish", "publish:", "publish:a b", "publish:a.**.b", "subscribe:***", "subscribe:a..b", "read:a*",
            "a", "''",
            "Publish:a", "publish:a*", "publish: a"})
    void shouldRefuseWhatIsNoRight(String text) {
        assertThat(Rights.parse(List.of("publish:x", text))).isEmpty();
    }

    /** Patterns whose cover takes exponentially many steps are refused in time, unless one right alone allows them. */
    @Test
    void shouldGiveUpOnPatternsThatTakeTooLong() {
        List<String> rights = new ArrayList<>();
        IntStream.range(0, 20).forEach(i -> rights.add("*.".repeat(i) + "x" + ".*".repeat(19 - i)));
        String wanted = "*" + ".*".repeat(19);
        assertThat(new Rights(List.of(), rights).maySubscribe(wanted)).isFalse();
        rights.add("*.**");
        assertThat(new Rights(List.of(), rights).maySubscribe(wanted)).isTrue();
    }

    /** With two letters and names of at most four segments all names can be tried. */
    @Property
    void shouldAllowExactlyWhatAllNamesOfAPatternAllow(@ForAll("patterns") List<String> rights,
            @ForAll("pattern") String wanted) {
        Rights subscribed = new Rights(List.of(), rights);
        Rights asked = new Rights(List.of(), List.of(wanted));
        boolean all = names().stream().filter(asked::maySubscribe).allMatch(subscribed::maySubscribe);
        assertThat(subscribed.maySubscribe(wanted)).isEqualTo(all);
    }

    /** Up to six segments: patterns have at most four, so that every way in which a longer one differs is among them. */
    private static List<String> names() {
        List<String> names = new ArrayList<>(List.of("a", "b", "c"));
        for (int i = 0; names.get(i).length() < 9; i++) {
            for (String segment : List.of("a", "b", "c")) {
                names.add(names.get(i) + "." + segment);
            }
        }
        return names;
    }

    @Provide
    Arbitrary<List<String>> patterns() {
        return pattern().list().ofMinSize(0).ofMaxSize(5);
    }

    @Provide
    Arbitrary<String> pattern() {
        Arbitrary<String> segment = Arbitraries.of("a", "b", "*", "*");
        return segment.list().ofMinSize(0).ofMaxSize(3).flatMap(
                begin -> Arbitraries.of("a", "b", "*", "**").map(end -> String.join(".", append(begin, end))));
    }

    private static List<String> append(List<String> begin, String end) {
        List<String> all = new ArrayList<>(begin);
        all.add(end);
        return all;
    }

    private static Rights subscribe(String rights) {
        return new Rights(List.of(), List.of(rights.split(" ")));
    }
}
