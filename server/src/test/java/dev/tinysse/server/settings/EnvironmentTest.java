package dev.tinysse.server.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EnvironmentTest {
    @Test
    void shouldWarnOfAVariableThatNoOptionHas() throws UsageException {
        Invocation read = Invocation.read(List.of(), Map.of("TINYSSE_TIMOUT", "secret"), List::of);
        assertThat(((Invocation.Serve) read).warnings()).containsExactly("environment variable is ignored, no option"
                + " has it, did you mean TINYSSE_TIMEOUT?, see tinysse --help: TINYSSE_TIMOUT");
    }

    @Test
    void shouldSuggestNothingThatIsNotNear() {
        assertThat(Environment.warnings(Map.of("TINYSSE_BOGUSNESS", "1"))).containsExactly(
                "environment variable is ignored, no option has it, see tinysse --help: TINYSSE_BOGUSNESS");
    }

    @ParameterizedTest
    @CsvSource({"TINYSSE_TIMEOUT, 1s", "TINYSSE_URL, http://x", "TINYSSE_TOKEN, x", "OTHER, x", "TINYSSE, x"})
    void shouldKnowTheVariablesOfOptionsAndClients(String name, String value) {
        assertThat(Environment.warnings(Map.of(name, value))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"TINYSSE_SERVICE_HOST, 10.0.0.1", "TINYSSE_SERVICE_PORT, 80", "TINYSSE_SERVICE_PORT_HTTP, 80",
            "TINYSSE_PORT, tcp://10.0.0.1:80", "TINYSSE_PORT_80_TCP_ADDR, 10.0.0.1",
            "TINYSSE_ADMIN_PORT_80_TCP, tcp://10.0.0.1:80", "TINYSSE_ADMIN_SERVICE_HOST, 10.0.0.1"})
    void shouldKnowTheVariablesThatKubernetesSetsForAService(String name, String value) {
        assertThat(Environment.warnings(Map.of(name, value))).isEmpty();
    }

    @Test
    void shouldWarnOfAPortThatIsNoneOfAService() {
        assertThat(Environment.warnings(Map.of("TINYSSE_PORT", "8080"))).hasSize(1);
    }
}
