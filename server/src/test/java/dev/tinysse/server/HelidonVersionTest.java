package dev.tinysse.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.helidon.common.Version;
import org.junit.jupiter.api.Test;

/**
 * A new version of Helidon may read requests in another way. The transport leaves some refusals to Helidon, and corrects it in
 * other places; whether both still fit together is a question for a person.
 */
class HelidonVersionTest {
    /** The version whose request parser was read, and with which the raw-socket tests were run and looked at. */
    private static final String REVIEWED = "4.5.0";

    @Test
    void shouldBeTheVersionThatTheRawSocketTestsWereReviewedWith() {
        assertThat(Version.VERSION).as("""
                The version of Helidon has changed. Before you set REVIEWED to it: read what has changed in \
                Http1Connection, Http1Prologue, Http1HeadersParser and DataReader; look for what FramingGuard and the \
                reader of the transport need not do any more, and for what they now have to; run FramingTest, \
                ConnectionTest and LimitsTest, and the black-box sections 2, 3 and 4; bring \
                docs/decisions/transport.md up to date.""").isEqualTo(REVIEWED);
    }
}
