package dev.tinysse.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The claims of a request, and who it is from. */
class RequestTest {
    private static final Request REQUEST = new Request("GET", "/sse?secret", "/sse", "secret", "127.0.0.1", 1,
            Map.of("authorization", "Bearer secret"));

    @Test
    void shouldHaveNoClaimsWithoutAToken() {
        assertThat(REQUEST.claims()).isEmpty();
        assertThat(Subscription.of(REQUEST).user()).isEmpty();
    }

    @Test
    void shouldCopyClaimsInDepth() {
        List<Object> roles = new ArrayList<>(List.of("a"));
        Map<String, Object> claims = new HashMap<>(Map.of("sub", "anna", "exp", 7, "roles", roles));
        Request request = REQUEST.withClaims(claims);
        roles.add("b");
        claims.clear();
        assertThat(request.claims()).isEqualTo(Map.of("sub", "anna", "exp", 7L, "roles", List.of("a")));
        assertThat(request.claims()).isSameAs(REQUEST.withClaims(request.claims()).claims());
    }

    @Test
    @SuppressWarnings("NullAway") // both claims are there
    void shouldLetNobodyChangeClaims() {
        Map<String, Object> claims = REQUEST.withClaims(Map.of("roles", List.of("a"), "inner", Map.of("b", 1.5)))
                .claims();
        assertThatThrownBy(() -> claims.put("sub", "bob")).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> claims.remove("roles")).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> ((List<?>) claims.get("roles")).clear())
                .isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> ((Map<?, ?>) claims.get("inner")).clear())
                .isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> claims.entrySet().iterator().next().setValue("x"))
                .isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void shouldRefuseOtherTypesOfClaims() {
        assertThatThrownBy(() -> REQUEST.withClaims(Map.of("a", 'c'))).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("java.lang.Character");
    }

    @Test
    void shouldKnowTheUserFromTheTokenOrFromTheHook() {
        Subscription anna = Subscription.of(REQUEST.withClaims(Map.of("sub", "anna")));
        assertThat(anna.user()).contains("anna");
        assertThat(anna.withUser("bob").withLastEventId("7").withChannels(List.of("a")).user()).contains("bob");
        assertThat(anna.withUser("").user()).isEmpty();
        assertThat(Subscription.of(REQUEST).withUser("carl").user()).contains("carl");
        assertThat(Subscription.of(REQUEST.withClaims(Map.of("sub", 7))).user()).isEmpty();
    }

    @Test
    void shouldShowNoSecretsAsText() {
        assertThat(REQUEST.withClaims(Map.of("sub", "secret")).toString()).doesNotContain("secret").contains("/sse");
    }
}
