package dev.tinysse.api.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tinysse.api.Hooks;
import dev.tinysse.api.Message;
import dev.tinysse.api.Publication;
import dev.tinysse.api.Subscription;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Any number of calls may come at once, on virtual threads. */
interface ManyCallersContract {
    int CALLS = 500;

    ScriptRig rig();

    @Test
    default void shouldRunCallsThatComeAtOnceAsIfOneCameAfterTheOther() throws Exception {
        Hooks hooks = rig().load(Behaviour.STATE);
        List<Future<String>> calls = new ArrayList<>();
        for (int i = 0; i < CALLS; i++) {
            calls.add(ScriptRig.start(() -> ScriptRig.publishedData(hooks, "x")));
        }
        Set<String> results = new TreeSet<>();
        for (Future<String> call : calls) {
            results.add(ScriptRig.ended(call));
        }
        assertEquals(IntStream.rangeClosed(1, CALLS).mapToObj(n -> "0|0|0|" + n)
                .collect(Collectors.toCollection(TreeSet::new)), results);
    }

    @Test
    default void shouldLetGoOfPublicationsInTheOrderOfTheCalls() throws Exception {
        Hooks hooks = rig().load(Behaviour.STATE);
        List<Integer> order = Collections.synchronizedList(new ArrayList<>());
        List<Future<String>> calls = new ArrayList<>();
        for (int i = 0; i < CALLS; i++) {
            int call = i;
            calls.add(ScriptRig.start(() -> hooks.publish(ScriptRig.publication("x"), () -> order.add(call))
                    .flatMap(accepted -> accepted.message().data()).orElseThrow()));
        }
        for (Future<String> call : calls) {
            ScriptRig.ended(call);
        }
        List<String> results = order.stream().map(call -> calls.get(call).resultNow()).toList();
        assertEquals(IntStream.rangeClosed(1, CALLS).mapToObj(n -> "0|0|0|" + n).toList(), results);
    }

    @Test
    default void shouldMakeTheCallsOfABatchOnTheCallingThread() {
        Hooks hooks = rig().load(Behaviour.PASS_ON);
        List<Message> results = new ArrayList<>();
        Thread[] thread = new Thread[1];
        hooks.batch(() -> {
            thread[0] = Thread.currentThread();
            for (int i = 0; i < 3; i++) {
                results.add(hooks.message(ScriptRig.publication("m" + i), ScriptRig.subscription("q")));
            }
        });
        assertEquals(Thread.currentThread(), thread[0]);
        assertEquals(List.of(Message.of("m0"), Message.of("m1"), Message.of("m2")), results);
    }

    @Test
    default void shouldLetOthersRunWhileACallWaits() throws Exception {
        CountDownLatch waiting = new CountDownLatch(1);
        Hooks hooks = rig().load(Behaviour.WAIT, waiting::countDown);
        Publication publication = hooks.publish(ScriptRig.publication("x")).orElseThrow();
        Subscription waits = hooks.subscribe(ScriptRig.subscription("wait")).orElseThrow();
        Subscription goesOn = hooks.subscribe(ScriptRig.subscription("q")).orElseThrow();
        List<Message> result = new ArrayList<>();
        Future<?> held = ScriptRig.start(() -> {
            hooks.batch(() -> result.add(hooks.message(publication, waits)));
            return null;
        });
        assertTrue(waiting.await(ScriptRig.PATIENCE.toSeconds(), TimeUnit.SECONDS),
                "the call has not said that it is about to wait");
        Future<Message> other = ScriptRig.start(() -> hooks.message(publication, goesOn));
        assertEquals(Message.of("x"), ScriptRig.ended(other));
        ScriptRig.ended(ScriptRig.start(() -> hooks.publish(ScriptRig.publication("release"))));
        ScriptRig.ended(held);
        assertEquals(List.of(Message.of("released")), result);
    }

    @Test
    default void shouldLetAPublisherInWhileASubscriberWaits() throws Exception {
        CountDownLatch waiting = new CountDownLatch(1);
        Hooks hooks = rig().load(Behaviour.WAIT, waiting::countDown);
        Future<Optional<Subscription>> held = ScriptRig.start(() -> hooks.subscribe(ScriptRig.subscription("hold")));
        assertTrue(waiting.await(ScriptRig.PATIENCE.toSeconds(), TimeUnit.SECONDS),
                "the call has not said that it is about to wait");
        ScriptRig.ended(ScriptRig.start(() -> hooks.publish(ScriptRig.publication("release"))));
        assertTrue(ScriptRig.ended(held).isPresent());
    }

    @Test
    default void shouldKeepCallsApartThatWaitTogether() throws Exception {
        Hooks hooks = rig().load(Behaviour.WAIT);
        Publication publication = hooks.publish(ScriptRig.publication("x")).orElseThrow();
        Subscription waits = hooks.subscribe(ScriptRig.subscription("wait")).orElseThrow();
        List<Future<Message>> calls = IntStream.range(0, CALLS)
                .mapToObj(i -> ScriptRig.start(() -> hooks.message(publication, waits))).toList();
        ScriptRig.ended(ScriptRig.start(() -> hooks.publish(ScriptRig.publication("release"))));
        for (Future<Message> call : calls) {
            assertEquals(Message.of("released"), ScriptRig.ended(call));
        }
    }
}
