package dev.tinysse.server.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UrlPathTest {

    @Test
    void shouldTellNamesAndFoldersFromASlash() {
        assertThat(UrlPath.parse("")).hasValue(new UrlPath(List.of(), false));
        assertThat(UrlPath.parse("/")).hasValue(new UrlPath(List.of(), true));
        assertThat(UrlPath.parse("/a/b.txt")).hasValue(new UrlPath(List.of("a", "b.txt"), false));
        assertThat(UrlPath.parse("/a/b/")).hasValue(new UrlPath(List.of("a", "b"), true));
    }

    @Test
    void shouldDecodeANameOnce() {
        assertThat(UrlPath.parse("/%C3%bc%20+;=.txt")).hasValue(new UrlPath(List.of("ü +;=.txt"), false));
        assertThat(UrlPath.parse("/a%252e%2525")).hasValue(new UrlPath(List.of("a%2e%25"), false));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/..", "/.", "/../a", "/a/..", "/a/../b", "/./a", "/%2e%2e/a", "/%2E./a", "/..%2fa",
            "/%2e%2e%2fa", "/a%2f..%2fb", "/..%5ca", "/..\\a", "/a%5cb", "/.hidden", "/%2ehidden", "/.git/config"})
    void shouldRefuseDotsInEverySpelling(String path) {
        assertThat(UrlPath.parse(path)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"//", "//a", "/a//b", "/a//"})
    void shouldRefuseEmptyNames(String path) {
        assertThat(UrlPath.parse(path)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/a%00", "/%00", "/a%", "/a%2", "/a%zz", "/a%-1", "/%+1", "/%c0%ae%c0%ae/a", "/%ff", "/%c3",
            "/%ed%a0%80", "/\u00fc", "/\ufffd", "/a\tb"})
    void shouldRefuseWhatIsNoText(String path) {
        assertThat(UrlPath.parse(path)).isEmpty();
    }
}
