package dev.tinysse.server.transport;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;

class RenewableReaderTest {
    private final Iterator<byte[]> sent = List.of("first", "second and", " third").stream()
            .map(text -> text.getBytes(US_ASCII)).iterator();
    private final RenewableReader reader = new RenewableReader(sent::next);

    @Test
    void shouldReadOnWhenAllHasBeenRead() {
        assertThat(reader.readAsciiString(5)).isEqualTo("first");
        reader.renew();
        assertThat(reader.available()).isZero();
        assertThat(reader.readBytes(6)).isEqualTo("second".getBytes(US_ASCII));
    }

    @Test
    void shouldGoOnWithWhatHasNotBeenRead() {
        reader.skip(5);
        reader.renew();
        assertThat(reader.read()).isEqualTo((byte) 's');
        reader.skip(5);
        reader.renew();
        assertThat(reader.available()).isEqualTo(4);
        assertThat(reader.readAsciiString(10)).isEqualTo(" and third");
    }

    @Test
    void shouldReadNothingAheadWhenItIsRenewed() {
        reader.skip(5);
        reader.renew();
        reader.renew();
        assertThat(sent.next()).isEqualTo("second and".getBytes(US_ASCII));
    }
}
