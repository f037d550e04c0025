package dev.tinysse.server.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EnvironmentTest {
    @Test
    void shouldNameAVariableWithoutItsValue() {
        assertThat(Environment.warnings(Map.of("TINYSSE_TIMOUT", "secret"))).singleElement().asString()
                .contains("TINYSSE_TIMOUT", "TINYSSE_TIMEOUT").doesNotContain("secret");
    }

    @ParameterizedTest
    @CsvSource({"TINYSSE_TIMEOUT, 1s", "TINYSSE_URL, http://x", "TINYSSE_TOKEN, x", "OTHER, x", "TINYSSE, x"})
    void shouldAcceptTheVariablesOfOptionsAndClients(String name, String value) {
        assertThat(Environment.warnings(Map.of(name, value))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"TINYSSE_SERVICE_HOST, 10.0.0.1", "TINYSSE_SERVICE_PORT, 80", "TINYSSE_SERVICE_PORT_HTTP, 80",
            "TINYSSE_PORT, tcp://10.0.0.1:80", "TINYSSE_PORT_80_TCP_ADDR, 10.0.0.1",
            "TINYSSE_ADMIN_PORT_80_TCP, tcp://10.0.0.1:80", "TINYSSE_ADMIN_SERVICE_HOST, 10.0.0.1"})
    void shouldAcceptTheVariablesThatKubernetesSetsForAService(String name, String value) {
        assertThat(Environment.warnings(Map.of(name, value))).isEmpty();
    }

    @Test
    void shouldWarnOfAPortThatIsNotOfAService() {
        assertThat(Environment.warnings(Map.of("TINYSSE_PORT", "8080"))).hasSize(1);
    }
}
