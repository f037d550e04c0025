package dev.tinysse.broker.fanout;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.tinysse.api.Message;
import dev.tinysse.api.Publication;
import dev.tinysse.api.Request;
import dev.tinysse.broker.dispatch.Entry;
import java.util.Map;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.I_Result;

/** The queue while several threads use it. */
public class RingStress {
    private static final Publication PUBLICATION = Publication.of(
            new Request("POST", "/sse", "/sse", "", "127.0.0.1", 1024, Map.of()), Message.of("x"));

    private RingStress() {}

    private static byte[] frame(int content) {
        return new byte[]{(byte) content};
    }

    /** Who sees the head sees all of the message below it. */
    @JCStressTest
    @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "not there yet")
    @Outcome(id = "1, 7", expect = ACCEPTABLE, desc = "there, whole")
    @Outcome(expect = FORBIDDEN, desc = "a message without its frame")
    @State
    public static class HeadShowsTheMessage {
        private final Ring ring = new Ring(2);

        @Actor
        public void publisher() {
            ring.append(PUBLICATION, frame(7));
        }

        @Actor
        public void reader(II_Result result) {
            result.r1 = (int) ring.head();
            result.r2 = result.r1 == 0 ? 0 : ring.get(0).frame[0];
        }
    }

    /** A reader that is too slow gets nothing, and never another message in place of its own. */
    @JCStressTest
    @Outcome(id = {"0", "1"}, expect = ACCEPTABLE, desc = "overwritten, or its own")
    @Outcome(expect = FORBIDDEN, desc = "another one")
    @State
    public static class OverwrittenIsNotMistaken {
        private final Ring ring = new Ring(1);

        public OverwrittenIsNotMistaken() {
            ring.append(PUBLICATION, frame(1));
        }

        @Actor
        public void publisher() {
            ring.append(PUBLICATION, frame(2));
        }

        @Actor
        public void reader(I_Result result) {
            Entry entry = ring.get(0);
            result.r1 = entry == null ? 0 : entry.frame[0];
        }
    }

    /** Two publishers get two places, and whoever has joined before is counted for both. */
    @JCStressTest
    @Outcome(id = "2, 3", expect = ACCEPTABLE, desc = "one is first, the other second")
    @Outcome(expect = FORBIDDEN, desc = "a place or a count was lost")
    @State
    public static class PublishersShareTheRing {
        private final Ring ring = new Ring(4);
        private int one;
        private int other;

        public PublishersShareTheRing() {
            ring.join();
        }

        @Actor
        public void one() {
            one = ring.append(PUBLICATION, frame(1)).orElseThrow().queued();
        }

        @Actor
        public void other() {
            other = ring.append(PUBLICATION, frame(2)).orElseThrow().queued();
        }

        @Arbiter
        public void sum(II_Result result) {
            result.r1 = (int) ring.head();
            result.r2 = one + other;
        }
    }

    /** What only a stream that has gone had not taken no longer counts. */
    @JCStressTest
    @Outcome(id = "0", expect = ACCEPTABLE, desc = "nothing is queued")
    @Outcome(expect = FORBIDDEN, desc = "a message waits for a stream that has gone")
    @State
    public static class LeavingLeavesNothing {
        private final Ring ring = new Ring(4);
        private final long cursor = ring.join();

        @Actor
        public void publisher() {
            ring.append(PUBLICATION, frame(1));
        }

        @Actor
        public void stream() {
            ring.leave(cursor);
        }

        @Arbiter
        public void queued(I_Result result) {
            result.r1 = ring.appendNothing().orElseThrow().queued();
        }
    }
}
