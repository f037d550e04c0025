package dev.tinysse.server.tls;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The server's side of a connection, against a client whose records the test makes one by one. */
class TlsChannelTest {
    private static final String KIB = "0123456789abcdef".repeat(64);
    private TlsPair pair;

    @AfterEach
    void close() throws IOException {
        pair.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void shouldReadRecordsOfTheMaximumSizeThatComeTogether(String protocol) throws IOException {
        pair = new TlsPair(protocol);
        for (int i = 0; i < 20; i++) {
            pair.clientSends(KIB.repeat(16), KIB.repeat(16));
            assertThat(pair.serverReads(32 * 1024)).isEqualTo(KIB.repeat(32));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void shouldReadRecordsThatCameInPieces(String protocol) throws IOException {
        pair = new TlsPair(protocol);
        byte[] record = pair.clientEncrypts("in pieces");
        for (byte piece : record) {
            assertThat(pair.channel().read(ByteBuffer.allocate(100))).isZero();
            pair.clientSendsBytes(new byte[]{piece});
        }
        assertThat(pair.serverReads(9)).isEqualTo("in pieces");
    }

    @Test
    void shouldReadOnAcrossKeyUpdates() throws IOException {
        pair = new TlsPair("TLSv1.3");
        for (int i = 0; i < 20; i++) {
            pair.clientUpdatesKeys();
            pair.clientSends("after update " + i % 10);
            assertThat(pair.serverReads(14)).isEqualTo("after update " + i % 10);
            pair.serverWrites("response");
            assertThat(pair.clientReads(8)).isEqualTo("response");
        }
    }

    @Test
    void shouldRefuseKeyUpdatesWithoutEnd() throws IOException {
        pair = new TlsPair("TLSv1.3");
        assertThatThrownBy(() -> {
            while (true) {
                pair.clientUpdatesKeys();
                pair.channel().read(ByteBuffer.allocate(100));
                pair.clientReadsWhatThereIs();
            }
        }).isInstanceOf(SSLException.class).hasMessage("the client sends records without content");
    }

    @Test
    void shouldRefuseKeyUpdatesWhoseResponsesNobodyReads() throws IOException {
        pair = new TlsPair("TLSv1.3");
        pair.fillTheSocket();
        assertThatThrownBy(() -> {
            while (true) {
                pair.clientUpdatesKeys();
                pair.clientSends("x");
                pair.channel().read(ByteBuffer.allocate(100));
            }
        }).isInstanceOf(SSLException.class)
                .hasMessage("the client does not read the responses that its records ask for");
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void shouldRefuseARecordThatHasBeenTamperedWith(String protocol) throws IOException {
        pair = new TlsPair(protocol);
        byte[] record = pair.clientEncrypts("tampered");
        record[record.length - 1] ^= 1;
        pair.clientSendsBytes(record);
        assertThatThrownBy(() -> pair.serverReads(8)).isInstanceOf(SSLException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void shouldRefuseARecordThatIsTooLongWithAFatalAlert(String protocol) throws IOException {
        for (int length : new int[]{16_641, 16_705, 33_088, 65_535}) {
            pair = new TlsPair(protocol);
            pair.clientSendsBytes(header(23, length));
            assertThatThrownBy(() -> pair.serverReads(1)).isInstanceOf(SSLException.class)
                    .hasMessage("the client sends a record that is too long: length=%d", length);
            assertThatThrownBy(() -> pair.clientReads(1)).isInstanceOf(SSLException.class)
                    .hasMessageContaining("fatal alert");
            pair.close();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void shouldWaitForARecordOfTheMaximumLength(String protocol) throws IOException {
        pair = new TlsPair(protocol);
        pair.clientSendsBytes(header(23, 16_640));
        assertThat(pair.channel().read(ByteBuffer.allocate(100))).isZero();
        pair.serverWrites("meanwhile");
        assertThat(pair.clientReads(9)).isEqualTo("meanwhile");
    }

    @Test
    void shouldRefuseARecordOfAnUnknownType() throws IOException {
        pair = new TlsPair("TLSv1.3");
        pair.clientSendsBytes(header(24, 1));
        assertThatThrownBy(() -> pair.serverReads(1)).isInstanceOf(SSLException.class)
                .hasMessage("the client sends a record of an unknown type: type=24");
    }

    @ParameterizedTest
    @ValueSource(strings = {"160303ffff", "1603014e20", "ffff010000", "8000010000"})
    void shouldRefuseAHandshakeWithARecordThatIsNone(String bytes) throws IOException {
        pair = new TlsPair("TLSv1.3", engine -> engine);
        pair.clientSendsBytes(HexFormat.of().parseHex(bytes));
        assertThatThrownBy(pair::serverCompletesHandshake).isInstanceOf(SSLException.class)
                .hasMessageStartingWith("the client sends a record");
    }

    @Test
    void shouldRefuseAHandshakeInRecordsWithoutEnd() throws IOException {
        pair = new TlsPair("TLSv1.3", engine -> engine);
        byte[] hello = pair.clientContinuesHandshake();
        assertThatThrownBy(() -> {
            pair.clientSendsBytes(hello);
            while (true) {
                pair.clientSendsBytes(new byte[]{20, 3, 3, 0, 1, 1}); // change_cipher_spec, which TLS 1.3 ignores
                pair.channel().handshake();
            }
        }).isInstanceOf(SSLException.class);
    }

    private static byte[] header(int type, int length) {
        return ByteBuffer.allocate(5).put((byte) type).putShort((short) 0x0303).putShort((short) length).array();
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void shouldReadWhatStandsBeforeACloseNotifyAndThenItsEnd(String protocol) throws IOException {
        pair = new TlsPair(protocol);
        pair.clientEndsOutputBehind("last");
        assertThat(pair.serverReads(4)).isEqualTo("last");
        assertThat(pair.channel().hasInput()).isTrue();
        assertThat(pair.serverReadsEnd()).isTrue();
        assertThat(pair.channel().hasInput()).isFalse();
    }

    @Test
    void shouldWriteToAClientThatHasEndedItsHalf() throws IOException {
        pair = new TlsPair("TLSv1.3");
        pair.clientEndsOutputBehind("");
        assertThat(pair.serverReadsEnd()).isTrue();
        pair.serverWrites("still here");
        assertThat(pair.clientReads(10)).isEqualTo("still here");
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void shouldEndItsOutputWithACloseNotify(String protocol) throws IOException {
        pair = new TlsPair(protocol);
        pair.serverWrites("end");
        pair.channel().endOutput();
        assertThat(pair.clientReads(3)).isEqualTo("end");
        assertThat(pair.clientReadsRecord()).isEqualTo(Status.CLOSED);
        assertThat(pair.clientReadsEnd()).isTrue();
    }

    @Test
    void shouldKeepInOrderWhatAStalledClientTakesLate() throws IOException {
        pair = new TlsPair("TLSv1.3");
        ByteBuffer bytes = ByteBuffer.wrap(KIB.repeat(16 * 1024).getBytes(US_ASCII));
        while (pair.channel().write(bytes) > 0) {
            assertThat(bytes.hasRemaining()).isTrue();
        }
        assertThat(pair.channel().pending()).isBetween(1, TlsBuffers.RECORD_BYTES);
        int taken = bytes.position();
        StringBuilder read = new StringBuilder();
        while (read.length() < taken) {
            read.append(pair.clientReads(1));
            pair.channel().flush();
        }
        assertThat(read.toString()).isEqualTo(KIB.repeat(16 * 1024).substring(0, taken));
    }
}
