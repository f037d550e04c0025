package dev.tinysse.server.rights;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StreamRightsTest {
    @ParameterizedTest
    @CsvSource({"a,a,true", "a,b,false", "a,a/b,false", "a/b,a,false", "*,a,true", "*,a/b,false", "a/*,a/b,true",
            "a/*,a,false",
            "*/b,a/b,true", "**,a,true", "**,a/b/c,true", "a/**,a,false", "a/**,a/b/c,true", "a/*/c,a/b/c,true",
            "a.b/c d,a.b/c d,true", "a.*,a.b,false"})
    void shouldMatchSegments(String pattern, String name, boolean matches) {
        if (StreamPattern.isPattern(pattern)) {
            assertThat(new StreamPattern(pattern).matches(name)).isEqualTo(matches);
        } else {
            assertThat(matches).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/", "a/", "/a", "a//b", "a*", "**/a", "***", "a/**/b", "a\nb"})
    void shouldRefuseWhatIsNoPattern(String text) {
        assertThat(StreamPattern.isPattern(text)).isFalse();
        assertThat(Rights.isRight("read:" + text)).isFalse();
    }

    @Test
    void shouldLetAWriterClose() {
        StreamRights rights = Rights.parse(List.of("read:r", "write:w", "close:c")).orElseThrow().streams();

        assertThat(List.of(rights.mayRead("r"), rights.mayWrite("w"), rights.mayClose("w"), rights.mayClose("c")))
                .containsOnly(true);
        assertThat(List.of(rights.mayRead("w"), rights.mayWrite("r"), rights.mayWrite("c"), rights.mayClose("r")))
                .containsOnly(false);
    }

    @Test
    void shouldBeWrittenAsItIsRead() {
        List<String> texts = List.of("publish:a", "subscribe:b.*", "read:c/**", "write:d", "close:e/*");
        Rights rights = Rights.parse(texts).orElseThrow();

        assertThat(rights).hasToString(String.join(" ", texts));
        assertThat(Rights.parse(List.of(rights.toString().split(" ")))).contains(rights);
        assertThat(rights).isNotEqualTo(new Rights(List.of("a"), List.of("b.*")));
        assertThat(rights.publish()).containsExactly("a");
    }
}
