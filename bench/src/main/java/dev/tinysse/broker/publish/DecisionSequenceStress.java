package dev.tinysse.broker.publish;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** The order of publications: calls pass one after the other, each sees what those before it did, and in the end none runs. */
@JCStressTest
@Outcome(id = "2, 1", expect = ACCEPTABLE, desc = "one after the other")
@Outcome(expect = FORBIDDEN, desc = "at once, or a call was forgotten")
@State
public class DecisionSequenceStress {
    private final DecisionSequence calls = new DecisionSequence();
    private int passed;

    @Actor
    public void one() {
        pass();
    }

    @Actor
    public void another() {
        pass();
    }

    /** {@code passed} is a plain field: an increment is lost unless the calls exclude each other. */
    private void pass() {
        try (DecisionSequence.Call call = calls.begin()) {
            call.takePlace();
            call.awaitTurn();
            passed++;
        }
    }

    @Arbiter
    public void ended(II_Result result) {
        result.r1 = passed;
        result.r2 = calls.allClosed(calls.latest()) ? 1 : 0;
    }
}
