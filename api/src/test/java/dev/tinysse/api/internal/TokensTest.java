package dev.tinysse.api.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokensTest {

    @ParameterizedTest
    @ValueSource(strings = {"GET", "x", "a-b_c.d", "!#$%&'*+-.^_`|~", "0"})
    void shouldTakeTokens(String text) {
        assertThat(Tokens.isToken(text)).isTrue();
        assertThat(text.matches(Tokens.REGEX)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a b", "a:b", "a/b", "a\t", "é", "a\u0000", "(", "\u0661", "{}"})
    void shouldRefuseWhatIsNoToken(String text) {
        assertThat(Tokens.isToken(text)).isFalse();
        assertThat(text.matches(Tokens.REGEX)).isFalse();
    }
}
