package dev.tinysse.server.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.SSLEngine;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.RandomDistribution;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;

/**
 * The properties of every client that speaks TLS and then something else: its connection ends or goes on, and no call of the server's
 * channel runs without end. The records are made at random from a fixed seed.
 */
class TlsFuzzPropertyTest {
    /** More than what a full buffer of the shortest records, and their responses, can lead to. */
    private static final int MAX_CALLS = 5000;
    /** More than the calls that any handshake takes. */
    private static final int MAX_ROUNDS = 50;
    private static final int MAX_PADDING = 30_000;
    /** Where the length of the session id stands in a record with a ClientHello (RFC 8446, section 4.1.2). */
    private static final int SESSION_ID = 43;
    private CountingEngine engine;

    /** The actions of a client behind the handshake. */
    enum Act {
        TEXT, LONG_TEXT, KEY_UPDATE, TAMPERED, RECORD, BYTES, CLOSE_NOTIFY, FIN, READ, SERVER_WRITES, SERVER_READS
    }

    /** A step, with what the client sends where that is not the TLS engine's. */
    record Step(Act act, byte[] bytes) {}

    /** A ClientHello that is valid, but for the length of its record: with a padding extension (RFC 7685) of so many bytes. */
    private static byte[] padded(byte[] hello, int padding) {
        ByteBuffer in = ByteBuffer.wrap(hello);
        int at = SESSION_ID;
        at += 1 + in.get(at);
        at += 2 + in.getShort(at);
        at += 1 + in.get(at);
        int extra = 4 + padding;
        ByteBuffer out = ByteBuffer.allocate(hello.length + extra).put(in).putShort((short) 21)
                .putShort((short) padding);
        out.putShort(3, (short) (hello.length - 5 + extra)).putInt(5, in.getInt(5) + extra)
                .putShort(at, (short) (in.getShort(at) + extra));
        return out.array();
    }

    /** Where the bytes of a handshake are changed, and how. */
    record Damage(Kind kind, int flight, int place, byte[] bytes) {
        enum Kind {
            NONE, FLIP, CUT, INSERT, INSERT_IN_FRONT, LENGTH, LARGE, REPEAT
        }

        byte[] applyTo(byte[] sent, int number) throws IOException {
            if (number != flight) {
                return sent;
            }
            if (sent.length == 0) {
                return kind == Kind.INSERT ? bytes : sent;
            }
            int at = place % sent.length;
            ByteArrayOutputStream changed = new ByteArrayOutputStream();
            switch (kind) {
                case FLIP -> {
                    byte[] copy = sent.clone();
                    copy[at] ^= (byte) (1 + place % 255);
                    changed.write(copy);
                }
                case CUT -> changed.write(sent, 0, at);
                case INSERT -> {
                    changed.write(sent, 0, at);
                    changed.write(bytes);
                    changed.write(sent, at, sent.length - at);
                }
                case INSERT_IN_FRONT -> {
                    changed.write(bytes);
                    changed.write(sent);
                }
                case LENGTH -> {
                    byte[] copy = sent.clone();
                    copy[3] = (byte) (place >> 8);
                    copy[4] = (byte) place;
                    changed.write(copy);
                }
                case LARGE -> changed.write(number == 0 ? padded(sent, place % MAX_PADDING) : sent);
                case REPEAT -> {
                    changed.write(sent);
                    changed.write(sent);
                }
                case NONE -> changed.write(sent);
            }
            return changed.toByteArray();
        }
    }

    /** Without it large numbers are rare. */
    private static Arbitrary<Integer> uniform(int max) {
        return Arbitraries.integers().between(0, max).withDistribution(RandomDistribution.uniform());
    }

    /** Records with any type, version and length, and a body that is shorter, as long, or longer. */
    @Provide
    Arbitrary<byte[]> records() {
        Arbitrary<Integer> types = Arbitraries.frequencyOf(
                Tuple.of(6, Arbitraries.of(20, 21, 22, 23, 24)),
                Tuple.of(1, Arbitraries.integers().between(0, 255)));
        Arbitrary<Integer> versions = Arbitraries.of(0x0303, 0x0303, 0x0301, 0x0304, 0x0002, 0xffff);
        Arbitrary<Integer> lengths = Arbitraries.oneOf(uniform(65_535),
                Arbitraries.integers().between(0, 100),
                Arbitraries.of(16_384, 16_385, 16_640, 16_641, 16_704, 16_705, 18_432, 33_088, 33_089));
        Arbitrary<Integer> sent = Arbitraries.oneOf(Arbitraries.just(0), Arbitraries.integers().between(0, 100),
                Arbitraries.just(65_535));
        return Combinators.combine(types, versions, lengths, sent, Arbitraries.integers().between(0, 255))
                .as(TlsFuzzPropertyTest::record);
    }

    private static byte[] record(int type, int version, int length, int sent, int fill) {
        byte[] record = new byte[5 + Math.min(length, sent)];
        Arrays.fill(record, (byte) fill);
        ByteBuffer.wrap(record).put((byte) type).putShort((short) version).putShort((short) length);
        return record;
    }

    @Provide
    Arbitrary<List<Step>> steps() {
        Arbitrary<byte[]> bytes = Arbitraries.oneOf(records(), records(),
                Arbitraries.bytes().array(byte[].class).ofMaxSize(40));
        return Combinators.combine(Arbitraries.of(Act.class), bytes).as(Step::new).list().ofMinSize(1).ofMaxSize(8);
    }

    @Provide
    Arbitrary<Damage> damages() {
        return Combinators.combine(Arbitraries.of(Damage.Kind.class), Arbitraries.of(0, 0, 1, 2),
                uniform(65_535), records()).as(Damage::new);
    }

    @Provide
    Arbitrary<String> protocols() {
        return Arbitraries.of("TLSv1.3", "TLSv1.2");
    }

    @Property(seed = "1", edgeCases = EdgeCasesMode.NONE)
    void shouldEndOrGoOnBehindAHandshake(@ForAll("protocols") String protocol, @ForAll("steps") List<Step> steps)
            throws IOException {
        try (TlsPair pair = new TlsPair(protocol, this::counted)) {
            pair.handshake();
            boolean open = true;
            for (Step step : steps) {
                open = open && clientSurvives(pair, step) && serves(pair);
            }
            ends(pair);
        }
    }

    @Property(seed = "2", edgeCases = EdgeCasesMode.NONE)
    void shouldEndOrGoOnInAHandshake(@ForAll("protocols") String protocol, @ForAll("damages") Damage damage,
            @ForAll @IntRange(min = 1, max = 3) int pieces) throws IOException {
        try (TlsPair pair = new TlsPair(protocol, this::counted)) {
            int operation = 1;
            for (int round = 0; round < MAX_ROUNDS && operation > 0; round++) {
                byte[] sent = damage.applyTo(clientContinues(pair), round);
                for (int piece = 0; piece < pieces && operation > 0; piece++) {
                    pair.clientTriesToSend(Arrays.copyOfRange(sent, sent.length * piece / pieces,
                            sent.length * (piece + 1) / pieces));
                    operation = shakes(pair);
                }
            }
            if (operation == 0) {
                serves(pair);
            }
            ends(pair);
        }
    }

    private SSLEngine counted(SSLEngine real) {
        engine = new CountingEngine(real, MAX_CALLS);
        return engine;
    }

    private static byte[] clientContinues(TlsPair pair) {
        try {
            return pair.clientContinuesHandshake();
        } catch (IOException e) {
            return new byte[0]; // the server has ended it
        }
    }

    /** The bytes that the server waits for; below 0 if it has ended the connection. */
    private int shakes(TlsPair pair) {
        reset();
        try {
            return pair.channel().handshake();
        } catch (IOException e) {
            return -1;
        }
    }

    private void reset() {
        if (engine != null) {
            engine.reset();
        }
    }

    /** Whether the client goes on, as far as it knows. */
    private boolean clientSurvives(TlsPair pair, Step step) throws IOException {
        try {
            switch (step.act) {
                case TEXT -> pair.clientSends("text");
                case LONG_TEXT -> pair.clientTriesToSend(pair.clientEncrypts("x".repeat(40_000)));
                case KEY_UPDATE -> pair.clientUpdatesKeys();
                case TAMPERED -> pair.clientSendsBytes(tampered(pair.clientEncrypts("tampered")));
                case RECORD, BYTES -> pair.clientTriesToSend(step.bytes);
                case CLOSE_NOTIFY -> pair.clientEndsOutputBehind("last");
                case FIN -> pair.clientShutsDownOutput();
                case READ -> pair.clientReadsWhatThereIs();
                case SERVER_WRITES -> {
                    return writes(pair);
                }
                case SERVER_READS -> {
                    return serves(pair);
                }
            }
            return true;
        } catch (IOException e) {
            return false; // its own TLS engine has ended, or its socket
        }
    }

    private static byte[] tampered(byte[] record) {
        record[record.length - 1] ^= 1;
        return record;
    }

    /** Reads all that has come, and writes. Whether the connection is still open. */
    private boolean serves(TlsPair pair) {
        try {
            ByteBuffer bytes = ByteBuffer.allocate(100_000);
            int length = 1;
            for (int reads = 0; length > 0 || pair.channel().hasInput() && length == 0; reads++) {
                assertThat(reads).as("reads of some records").isLessThan(MAX_ROUNDS);
                reset();
                length = pair.channel().read(bytes.clear());
            }
            return length >= 0 && writes(pair);
        } catch (IOException e) {
            return false;
        }
    }

    private boolean writes(TlsPair pair) {
        reset();
        try {
            pair.channel().write(ByteBuffer.allocate(20_000));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private void ends(TlsPair pair) throws IOException {
        reset();
        try {
            pair.channel().endOutput();
        } catch (IOException e) {
            // the client has gone
        }
        reset();
        pair.channel().close();
        assertThat(pair.channel().socket().isOpen()).isFalse();
    }
}
