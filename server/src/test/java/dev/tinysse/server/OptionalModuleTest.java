package dev.tinysse.server;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tinysse.server.component.StartException;
import org.junit.jupiter.api.Test;

/** The tests of this module run without those that depend on it. */
class OptionalModuleTest {
    @Test
    void shouldNameTheModuleThatIsMissingAndTheOptionsThatNeedIt() {
        assertThatThrownBy(() -> new RunningServer("--admin-listen=127.0.0.1:0"))
                .hasRootCauseInstanceOf(StartException.class).hasRootCauseMessage(
                        "the module dev.tinysse.admin is missing: use an image with it, or start the server"
                                + " without --admin-listen");
        assertThatThrownBy(() -> new RunningServer("--anonymous=publish:**"))
                .hasRootCauseInstanceOf(StartException.class).rootCause()
                .hasMessageStartingWith("the module dev.tinysse.access is missing: use an image with it, or start"
                        + " the server without --jwt-key");
    }
}
