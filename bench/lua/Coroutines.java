import java.util.concurrent.SynchronousQueue;
import jdk.internal.vm.Continuation;
import jdk.internal.vm.ContinuationScope;

/** The time of a switch into a coroutine and back, with a continuation of the JVM and with a virtual thread. */
final class Coroutines {
    private static final int ROUNDS = 10;
    private static final int SWITCHES = 200_000;
    private static final ContinuationScope SCOPE = new ContinuationScope("bench");

    private Coroutines() {}

    public static void main(String[] arguments) throws InterruptedException {
        for (int round = 0; round < ROUNDS; round++) {
            System.out.printf("continuation %.2f µs, virtual thread %.2f µs%n", continuation() / 1000.0, thread() / 1000.0);
        }
    }

    private static long continuation() {
        Continuation body = new Continuation(SCOPE, () -> {
            while (true) {
                Continuation.yield(SCOPE);
            }
        });
        long began = System.nanoTime();
        for (int i = 0; i < SWITCHES; i++) {
            body.run();
        }
        return (System.nanoTime() - began) / SWITCHES;
    }

    /** From a virtual thread to another one and back, as a hook that resumes a coroutine would. */
    private static long thread() throws InterruptedException {
        SynchronousQueue<Integer> resumed = new SynchronousQueue<>();
        SynchronousQueue<Integer> yielded = new SynchronousQueue<>();
        long[] nanos = new long[1];
        Thread body = Thread.ofVirtual().unstarted(() -> {
            for (int i = 0; i < SWITCHES; i++) {
                hand(yielded, take(resumed));
            }
        });
        Thread hook = Thread.startVirtualThread(() -> {
            body.start();
            long began = System.nanoTime();
            for (int i = 0; i < SWITCHES; i++) {
                hand(resumed, i);
                take(yielded);
            }
            nanos[0] = (System.nanoTime() - began) / SWITCHES;
        });
        hook.join();
        return nanos[0];
    }

    private static void hand(SynchronousQueue<Integer> queue, int value) {
        try {
            queue.put(value);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static int take(SynchronousQueue<Integer> queue) {
        try {
            return queue.take();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
