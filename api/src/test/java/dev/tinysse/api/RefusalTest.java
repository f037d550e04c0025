package dev.tinysse.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RefusalTest {
    @ParameterizedTest
    @ValueSource(ints = {204, 400, 401, 404, 429, 503, 599})
    void shouldTakeAStatusThatRefuses(int status) {
        assertThat(Refusal.of(status, "no").status()).isEqualTo(status);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 100, 200, 202, 203, 205, 301, 399, 600, 1000})
    void shouldRefuseEveryOtherStatus(int status) {
        assertThatIllegalArgumentException().isThrownBy(() -> Refusal.of(status, "no"))
                .withMessage("status must be 204 or 400 to 599: status=" + status);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a:", "a\r\nb", "ä", "a\0"})
    void shouldRefuseANameThatIsNoToken(String name) {
        assertThatIllegalArgumentException().isThrownBy(() -> Refusal.DEFAULT.withHeader(name, "x"))
                .withMessageContaining("must be a token");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Connection", "content-length", "CONTENT-TYPE", "Content-Encoding", "Transfer-Encoding",
            "Keep-Alive", "Proxy-Connection", "TE", "Trailer", "Upgrade"})
    void shouldRefuseHeadersOfConnectionAndBody(String name) {
        assertThatIllegalArgumentException().isThrownBy(() -> Refusal.DEFAULT.withHeader(name, "x"))
                .withMessage("header is set by the server alone: header=" + name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\r\nSet-Cookie: b", "a\nb", "a\0", "ä", "\u007f"})
    void shouldRefuseAValueThatCouldNotBeSentAndKeepItToItself(String value) {
        assertThatIllegalArgumentException().isThrownBy(() -> Refusal.DEFAULT.withHeader("x-name", value))
                .withMessageMatching("value of a header must be printable ASCII: header=x-name has U\\+[0-9A-F]{4}");
    }

    @ParameterizedTest
    @ValueSource(strings = {" a", "a ", "\ta", "a\t", " "})
    void shouldRefuseAValueThatBeginsOrEndsWithASpace(String value) {
        assertThatIllegalArgumentException().isThrownBy(() -> Refusal.DEFAULT.withHeader("x-name", value))
                .withMessage("value of a header must not begin or end with a space: header=x-name");
    }

    @Test
    void shouldRefuseAHeaderThatIsThereAlready() {
        Refusal refusal = Refusal.DEFAULT.withHeader("Retry-After", "1");
        assertThatIllegalArgumentException().isThrownBy(() -> refusal.withHeader("Retry-After", "2"));
        assertThatIllegalArgumentException().isThrownBy(() -> refusal.withHeader("retry-after", "2"));
    }

    @Test
    void shouldRefuseMoreHeadersThanClientsTake() {
        Refusal refusal = Refusal.DEFAULT.withHeader("x-a", "v".repeat(8180)).withHeader("x-b", "123456");
        assertThat(refusal.headers()).hasSize(2);
        assertThatIllegalArgumentException().isThrownBy(() -> refusal.withHeader("x", ""))
                .withMessage("headers must have at most 8192 characters together: characters=8193");
        assertThatIllegalArgumentException().isThrownBy(() -> Refusal.DEFAULT.withHeader("x-a", "v".repeat(3_000_000)));
    }

    @Test
    void shouldKeepTheOrderOfTheHeaders() {
        Refusal refusal = Refusal.DEFAULT.withHeader("x-b", "1").withHeader("x-a", "").withHeader("x-c", "a\tb ~");
        assertThat(refusal.headers()).containsExactly(Map.entry("x-b", "1"), Map.entry("x-a", ""),
                Map.entry("x-c", "a\tb ~"));
    }

    @Test
    @SuppressWarnings("NullAway") // the decision reads no publication
    void shouldBeTheRefusalOfHooksThatDoNotSayHowTheyRefuse() {
        Hooks hooks = new Hooks() {
            @Override
            public Optional<Publication> publish(Publication publication) {
                return Optional.empty();
            }

            @Override
            public Optional<Subscription> subscribe(Subscription subscription) {
                return Optional.empty();
            }
        };
        assertThat(hooks.decide(null, () -> {})).isEqualTo(Decision.refuse(Refusal.DEFAULT));
        assertThat(hooks.decide(null)).isEqualTo(Decision.refuse(Refusal.DEFAULT));
    }

    @Test
    @SuppressWarnings("NullAway") // null is what is refused
    void shouldNotTakeNullForADecision() {
        assertThatNullPointerException().isThrownBy(() -> Decision.of(null)).withMessage("returned null");
    }
}
