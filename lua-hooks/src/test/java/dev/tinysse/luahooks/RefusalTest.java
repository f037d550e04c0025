package dev.tinysse.luahooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tinysse.api.Decision;
import dev.tinysse.api.HookException;
import dev.tinysse.api.Message;
import dev.tinysse.api.Publication;
import dev.tinysse.api.Refusal;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RefusalTest {
    @Test
    void shouldReadNumbersAsTheTextsTheyAre() {
        assertThat(refusal("{status = 429.0, error = 5, headers = {['Retry-After'] = 30, ['X-A'] = 'b'}}")).isEqualTo(
                new Refusal(429, Optional.of("5"), Map.of("Retry-After", "30", "X-A", "b")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"nil", "'text'", "42", "true", "print", "{}", "{1, 2, 3}", "{code = 5}"})
    void shouldIgnoreWhatDoesNotSayHow(String second) {
        assertThat(refusal(second)).isEqualTo(Refusal.DEFAULT);
    }

    @Test
    void shouldNotLookBehindAPublicationThatGoesOn() {
        try (LuaHooks hooks = Scripts.load("function publish(pub) return pub, {status = 200} end")) {
            assertThat(hooks.publish(Scripts.publication(Message.of("x")))).isPresent();
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "{status = 200} | status must be 204 or 400 to 599: status=200",
            "{status = 401.5} | status must be a whole number: status is a number",
            "{status = '401'} | status must be a whole number: status is a string",
            "{status = 2^70} | status must be a whole number: status is a number",
            "{error = {}} | error must be text or a number: it is a table",
            "{error = '\\xff'} | error must be text or a number: it is text that is not UTF-8",
            "{headers = 'x'} | headers must be a table: headers is a string",
            "{headers = {'x'}} | headers must be a table of names and values: a name is a number",
            "{headers = {x = true}} | header x must be text or a number: it is a boolean",
            "{headers = {x = 'a\\r\\nb'}} | value of a header must be printable ASCII: header=x has U+000D",
            "{headers = {x = ('v'):rep(1e6)}} | headers must have at most 8192 characters together: characters=1000001",
            "{headers = {['Content-Length'] = 5}} | header is set by the server alone: header=Content-Length"})
    void shouldFailWithFileAndLineIfItCannotBeSent(String second, String message) {
        assertThatThrownBy(() -> refusal(second)).isInstanceOf(HookException.class)
                .hasMessageContaining("hooks.lua:2: publish refuses in a way that cannot be sent: " + message);
    }

    private static Refusal refusal(String second) {
        try (LuaHooks hooks = Scripts.load("\nfunction publish(pub) return nil, " + second + " end")) {
            Decision<Publication> decision = hooks.decide(Scripts.publication(Message.of("x")), () -> {});
            return ((Decision.Refused<Publication>) decision).refusal();
        }
    }
}
