package dev.tinysse.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tinysse.server.rights.Rights;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** When streams end because their tokens do, and what tells callers apart. */
class PrincipalTest {
    private static final Instant NOW = Instant.parse("2026-11-26T12:00:00Z");

    private static Principal until(Instant end) {
        return new Principal(Rights.NONE, Map.of("sub", "secret"), Optional.of(end));
    }

    private static void assertWithin(Duration left, Duration earlier) {
        Random random = new Random(1);
        Instant end = NOW.plus(left);
        for (int i = 0; i < 1000; i++) {
            assertThat(until(end).endOfStream(NOW, random).orElseThrow()).isBetween(end.minus(earlier), end);
        }
        assertThat(java.util.stream.IntStream.range(0, 1000)
                .mapToObj(_ -> until(end).endOfStream(NOW, random).orElseThrow()).distinct().count())
                .isGreaterThan(100);
    }

    @Test
    void shouldEndInTheLastTenth() {
        assertWithin(Duration.ofSeconds(10), Duration.ofSeconds(1));
        assertWithin(Duration.ofSeconds(100), Duration.ofSeconds(10));
    }

    @Test
    void shouldEndAtMostHalfAMinuteEarlier() {
        assertWithin(Duration.ofHours(10), Duration.ofSeconds(30));
    }

    @Test
    void shouldEndAtOnceIfThatHasPassed() {
        assertThat(until(NOW.minusSeconds(5)).endOfStream(NOW, new Random(1))).contains(NOW.minusSeconds(5));
        assertThat(until(NOW).endOfStream(NOW, new Random(1))).contains(NOW);
    }

    @Test
    void shouldNotEndWithoutAToken() {
        assertThat(Principal.anonymous(Rights.NONE).endOfStream(NOW, new Random(1))).isEmpty();
    }

    @Test
    void shouldShowNoClaimsAsText() {
        assertThat(until(NOW).toString()).doesNotContain("secret");
    }

    private static Optional<String> identity(boolean token, Map<String, Object> claims) {
        return new Principal(Rights.NONE, claims, token ? Optional.of(NOW) : Optional.empty()).identity();
    }

    @Test
    void shouldBeTheSameCallerWithAnotherTokenOfTheSameSub() {
        assertThat(identity(true, Map.of("sub", "anna", "jti", 1)))
                .isEqualTo(identity(true, Map.of("sub", "anna", "jti", 2)));
    }

    @Test
    void shouldTellCallersApart() {
        assertThat(List.of(identity(true, Map.of("sub", "anna")), identity(true, Map.of("sub", "bob")),
                identity(false, Map.of("sub", "anna")), identity(true, Map.of("sub", "anna", "iss", "a")),
                identity(true, Map.of("sub", "a anna", "iss", "")),
                identity(true, Map.of("sub", "anna", "iss", "null")),
                identity(true, Map.of("jti", 1)), identity(true, Map.of("jti", 2)), identity(true, Map.of("jti", "1")),
                identity(true, Map.of("a", "1", "b", "2")), identity(true, Map.of("a", "1, b=2")),
                Principal.anonymous(Rights.NONE).identity())).doesNotHaveDuplicates();
    }

    @Test
    void shouldBeTheSameCallerWithTheSameClaimsInAnotherOrder() {
        Map<String, Object> one = new LinkedHashMap<>();
        one.put("a", "1");
        one.put("b", "2");
        Map<String, Object> other = new LinkedHashMap<>();
        other.put("b", "2");
        other.put("a", "1");
        assertThat(identity(true, Map.of("deep", List.of(one))))
                .isEqualTo(identity(true, Map.of("deep", List.of(other))));
    }

    @Test
    void shouldHaveNoIdentityWithoutTokenAndKey() {
        assertThat(Principal.anonymous(Rights.NONE).identity()).isEmpty();
    }
}
