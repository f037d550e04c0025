package dev.tinysse.streams.model;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StreamStateTest {
    private static final ContentType TEXT = ContentType.parse("text/plain").orElseThrow();
    private static final StreamConfig CONFIG = new StreamConfig(TEXT, new Expiry.Never(), false, List.of());

    private final TestStore store = new TestStore();

    /** A store with room, unless it is full. */
    private static final class TestStore implements StoreState {
        private long last = 100;
        private boolean full;

        @Override
        public boolean full() {
            return full;
        }

        @Override
        public long next() {
            return ++last;
        }

        @Override
        public LineageEpoch epoch() {
            return new LineageEpoch(100, last);
        }
    }

    private static StreamRequest.Create creation(StreamConfig config, String data, boolean close) {
        return new StreamRequest.Create(config, true, Optional.empty(), data.getBytes(UTF_8), close);
    }

    private static StreamRequest.Append append(String data) {
        return new StreamRequest.Append(0, Optional.of(TEXT), data.getBytes(UTF_8), Optional.empty(), Optional.empty(),
                false);
    }

    private static StreamRequest.Append produced(String data, String id, long epoch, long seq, boolean close) {
        return new StreamRequest.Append(0, data.isEmpty() ? Optional.empty() : Optional.of(TEXT), data.getBytes(UTF_8),
                Optional.of(new Producer(id, epoch, seq)), Optional.empty(), close);
    }

    private static StreamRequest.Append sequenced(String seq) {
        return new StreamRequest.Append(0, Optional.of(TEXT), new byte[]{1}, Optional.empty(), Optional.of(seq),
                false);
    }

    private static StreamRequest.Append closing(String data) {
        return new StreamRequest.Append(0, Optional.of(TEXT), data.getBytes(UTF_8), Optional.empty(), Optional.empty(),
                true);
    }

    private StreamState stream(String data) {
        return stream(creation(CONFIG, data, false));
    }

    private StreamState stream(StreamRequest.Create request) {
        Decision decision = StreamState.decide(Optional.empty(), request, store);
        return new StreamState((StreamRecord.Created) ((Decision.Accept) decision).written());
    }

    private Decision decide(StreamState state, StreamRequest.Append request) {
        return StreamState.decide(Optional.of(state), request, store);
    }

    private void accept(StreamState state, StreamRequest.Append request) {
        state.apply(((Decision.Accept) decide(state, request)).written());
    }

    @Test
    void shouldBeginWithItsFirstBytes() {
        StreamState state = stream("hello");

        assertThat(state.tail()).isEqualTo(5);
        assertThat(state.lineages().at(5)).isEqualTo(new Offset(101, 5));
    }

    @Test
    void shouldTakeALineageAtTheFirstAppend() {
        StreamState state = stream("");
        assertThat(state.lineages().at(state.tail())).isEqualTo(Offset.BEGINNING);

        accept(state, append("a"));
        Offset first = state.lineages().at(1);
        accept(state, append("b"));

        assertThat(state.lineages().at(2).lineage()).isEqualTo(first.lineage());
    }

    @Test
    void shouldRefuseToWriteWhereThereIsNoStream() {
        assertThat(StreamState.decide(Optional.empty(), append("a"), store)).isEqualTo(new Decision.Missing());
        assertThat(StreamState.decideDelete(Optional.empty())).isEqualTo(new Decision.Missing());
    }

    @Test
    void shouldRefuseToAppendToAnotherStreamOfTheSameName() {
        StreamState state = stream("");
        StreamRequest.Append request = new StreamRequest.Append(state.id() + 1, Optional.of(TEXT), new byte[]{1},
                Optional.empty(), Optional.empty(), false);

        assertThat(decide(state, request)).isEqualTo(new Decision.Missing());
    }

    @Test
    void shouldTakeACreationTwice() {
        StreamState state = stream("a");

        assertThat(StreamState.decide(Optional.of(state), creation(CONFIG, "", false), store))
                .isEqualTo(new Decision.Exists());
    }

    @Test
    void shouldRefuseAnotherConfiguration() {
        StreamState state = stream("a");
        StreamConfig ttl = new StreamConfig(TEXT, new Expiry.Ttl(5), true, List.of());
        StreamConfig json = new StreamConfig(ContentType.JSON, new Expiry.Never(), false, List.of());
        StreamConfig header = new StreamConfig(TEXT, new Expiry.Never(), false,
                List.of(new StreamConfig.EventHeader("a", "b")));

        for (StreamRequest.Create other : List.of(creation(ttl, "", false), creation(json, "", false),
                creation(header, "", false), creation(CONFIG, "", true))) {
            assertThat(StreamState.decide(Optional.of(state), other, store)).isEqualTo(new Decision.Conflict());
        }
    }

    @Test
    void shouldCompareWhenItExpires() {
        Instant at = Instant.parse("2030-01-01T00:00:00Z");
        StreamConfig config = new StreamConfig(TEXT, new Expiry.At(at), true, List.of());
        StreamConfig later = new StreamConfig(TEXT, new Expiry.At(at.plusSeconds(1)), true, List.of());
        StreamState state = stream(creation(config, "", false));

        assertThat(StreamState.decide(Optional.of(state), creation(config, "", false), store))
                .isEqualTo(new Decision.Exists());
        assertThat(StreamState.decide(Optional.of(state), creation(later, "", false), store))
                .isEqualTo(new Decision.Conflict());
    }

    @Test
    void shouldPutClosedBeforeTypeBeforeProducerBeforeSequence() {
        StreamState state = stream("");
        accept(state, produced("a", "p", 1, 0, false));
        accept(state, sequenced("5"));
        StreamRequest.Append wrong = new StreamRequest.Append(0, Optional.of(ContentType.JSON), new byte[]{1},
                Optional.of(new Producer("p", 1, 7)), Optional.of("4"), false);
        StreamRequest.Append typed = new StreamRequest.Append(0, Optional.of(TEXT), new byte[]{1},
                Optional.of(new Producer("p", 1, 7)), Optional.of("4"), false);
        StreamRequest.Append duplicate = new StreamRequest.Append(0, Optional.of(TEXT), new byte[]{1},
                Optional.of(new Producer("p", 1, 0)), Optional.of("4"), false);

        assertThat(decide(state, wrong)).isEqualTo(new Decision.OtherType(TEXT));
        assertThat(decide(state, typed)).isEqualTo(new Decision.ProducerGap(1));
        assertThat(decide(state, duplicate)).isInstanceOf(Decision.Duplicate.class);
        assertThat(decide(state, sequenced("4"))).isEqualTo(new Decision.SequenceRegression("5"));
        accept(state, closing(""));
        assertThat(decide(state, wrong)).isEqualTo(new Decision.Closed());
    }

    @Test
    void shouldCompareSequencesByteByByte() {
        StreamState state = stream("");
        accept(state, sequenced("2"));

        assertThat(decide(state, sequenced("10"))).isEqualTo(new Decision.SequenceRegression("2"));
        assertThat(decide(state, sequenced("2"))).isEqualTo(new Decision.SequenceRegression("2"));
        assertThat(decide(state, sequenced("20"))).isInstanceOf(Decision.Accept.class);
    }

    @Test
    void shouldOrderTheAppendsOfAProducer() {
        StreamState state = stream("");
        assertThat(decide(state, produced("a", "p", 0, 1, false))).isEqualTo(new Decision.ProducerGap(0));
        accept(state, produced("a", "p", 0, 0, false));
        accept(state, produced("b", "p", 0, 1, false));

        assertThat(decide(state, produced("a", "p", 0, 0, false)))
                .isEqualTo(new Decision.Duplicate(new Producer("p", 0, 1), false));
        assertThat(decide(state, produced("c", "p", 0, 3, false))).isEqualTo(new Decision.ProducerGap(2));
        assertThat(decide(state, produced("c", "p", 1, 1, false))).isEqualTo(new Decision.EpochStart());
        accept(state, produced("c", "p", 2, 0, false));
        assertThat(decide(state, produced("d", "p", 1, 0, false))).isEqualTo(new Decision.StaleEpoch(2));
        assertThat(decide(state, produced("d", "q", 0, 0, false))).isInstanceOf(Decision.Accept.class);
        assertThat(state.tail()).isEqualTo(3);
    }

    @Test
    void shouldStayClosed() {
        StreamState state = stream("");
        accept(state, closing("end"));

        assertThat(state.isClosed()).isTrue();
        assertThat(decide(state, append("a"))).isEqualTo(new Decision.Closed());
        assertThat(decide(state, closing("a"))).isEqualTo(new Decision.Closed());
        assertThat(decide(state, closing(""))).isEqualTo(new Decision.AlreadyClosed());
    }

    @Test
    void shouldKnowTheProducerThatHasClosedIt() {
        StreamState state = stream("");
        accept(state, produced("a", "p", 3, 0, false));
        accept(state, produced("b", "p", 3, 1, true));

        assertThat(decide(state, produced("other", "p", 3, 1, true)))
                .isEqualTo(new Decision.Duplicate(new Producer("p", 3, 1), true));
        assertThat(decide(state, produced("a", "p", 3, 0, false))).isEqualTo(new Decision.Closed());
        assertThat(decide(state, produced("c", "p", 3, 2, false))).isEqualTo(new Decision.Closed());
        assertThat(decide(state, produced("c", "p", 2, 0, false))).isEqualTo(new Decision.StaleEpoch(3));
        assertThat(decide(state, produced("c", "q", 0, 0, true))).isEqualTo(new Decision.Closed());
    }

    @Test
    void shouldRefuseEverythingAfterASoftDeletion() {
        StreamState state = stream("a");
        state.apply(new StreamRecord.Forked(1));
        state.apply(((Decision.Accept) StreamState.decideDelete(Optional.of(state))).written());

        assertThat(decide(state, append("b"))).isEqualTo(new Decision.SoftDeleted());
        assertThat(StreamState.decideDelete(Optional.of(state))).isEqualTo(new Decision.SoftDeleted());
        assertThat(StreamState.decide(Optional.of(state), creation(CONFIG, "", false), store))
                .isEqualTo(new Decision.Conflict());
    }

    @Test
    void shouldRefuseWhatThereIsNoRoomFor() {
        StreamState state = stream("a");
        store.full = true;

        assertThat(decide(state, append("b"))).isEqualTo(new Decision.Full());
        assertThat(StreamState.decide(Optional.empty(), creation(CONFIG, "", false), store))
                .isEqualTo(new Decision.Full());
    }

    @Test
    void shouldInheritTypeExpiryAndOffsetsOfItsSource() {
        StreamState source = stream(creation(new StreamConfig(TEXT, new Expiry.Ttl(9), true, List.of()), "abc", false));
        StreamState fork = fork(source, 2, false);

        assertThat(fork.config().expiry()).isEqualTo(new Expiry.Ttl(9));
        assertThat(fork.config().type()).isSameAs(TEXT);
        assertThat(fork.tail()).isEqualTo(2);
        assertThat(fork.lineages().at(2)).isEqualTo(source.lineages().at(2));
        accept(fork, append("x"));
        assertThat(fork.lineages().at(2)).isEqualTo(source.lineages().at(2));
        assertThat(fork.lineages().at(3).lineage()).isGreaterThan(source.lineages().at(3).lineage());
    }

    @Test
    void shouldNotInheritWriters() {
        StreamState source = stream("");
        accept(source, produced("a", "p", 4, 0, false));
        accept(source, sequenced("9"));
        StreamState fork = fork(source, source.tail(), false);

        assertThat(decide(fork, produced("a", "p", 0, 0, false))).isInstanceOf(Decision.Accept.class);
        assertThat(decide(fork, sequenced("1"))).isInstanceOf(Decision.Accept.class);
    }

    @Test
    void shouldRefuseForksOfAnotherTypeAndBeyondTheSource() {
        StreamState source = stream("abc");
        ForkRequest fork = new ForkRequest("source", Optional.empty(), 0);
        StreamRequest.Create json = new StreamRequest.Create(
                new StreamConfig(ContentType.JSON, new Expiry.Never(), false, List.of()), true, Optional.of(fork),
                new byte[0], false);
        StreamRequest.Create text = new StreamRequest.Create(CONFIG, false, Optional.of(fork), new byte[0], false);

        assertThat(StreamState.decideFork(Optional.empty(), Optional.of(source), new Resolved.Position(1), json, store))
                .isEqualTo(new Decision.OtherType(TEXT));
        assertThat(StreamState.decideFork(Optional.empty(), Optional.of(source), new Resolved.NeverIssued(), text,
                store)).isEqualTo(new Decision.ForkBeyond());
        assertThat(StreamState.decideFork(Optional.empty(), Optional.of(source), new Resolved.Lost(), text, store))
                .isEqualTo(new Decision.ForkLost());
        assertThat(StreamState.decideFork(Optional.empty(), Optional.empty(), new Resolved.Position(1), text, store))
                .isEqualTo(new Decision.SourceMissing());
        source.apply(new StreamRecord.Deleted());
        assertThat(StreamState.decideFork(Optional.empty(), Optional.of(source), new Resolved.Position(1), text, store))
                .isEqualTo(new Decision.SourceDeleted());
    }

    @Test
    void shouldTakeAForkTwice() {
        StreamState source = stream("abc");
        StreamState fork = fork(source, 3, true);

        assertThat(StreamState.decideFork(Optional.of(fork), Optional.empty(), new Resolved.NeverIssued(),
                forkRequest(true), store)).isEqualTo(new Decision.Exists());
        assertThat(StreamState.decideFork(Optional.of(fork), Optional.of(source), new Resolved.Position(3),
                forkRequest(false), store)).isEqualTo(new Decision.Conflict());
        assertThat(StreamState.decide(Optional.of(fork), creation(CONFIG, "", false), store))
                .isEqualTo(new Decision.Conflict());
    }

    private static StreamRequest.Create forkRequest(boolean stated) {
        Optional<ReadStart> start = stated ? Optional.of(new ReadStart.Beginning()) : Optional.empty();
        return new StreamRequest.Create(CONFIG, false, Optional.of(new ForkRequest("source", start, 0)), new byte[0],
                false);
    }

    private StreamState fork(StreamState source, long position, boolean stated) {
        Decision decision = StreamState.decideFork(Optional.empty(), Optional.of(source),
                new Resolved.Position(position), forkRequest(stated), store);
        return new StreamState((StreamRecord.Created) ((Decision.Accept) decision).written());
    }
}
