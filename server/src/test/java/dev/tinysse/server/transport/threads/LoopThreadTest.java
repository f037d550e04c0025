package dev.tinysse.server.transport.threads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tinysse.server.component.ServiceLoop;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** On which thread a connection's virtual thread runs, and what ends its waiting. */
class LoopThreadTest {
    private static final String LOOP = "@test-loop";
    private static final String ELSEWHERE = "@ForkJoinPool";

    private final EventLoop loop = new EventLoop();
    private final BlockingQueue<Object> said = new LinkedBlockingQueue<>();
    private final CountDownLatch ended = new CountDownLatch(1);
    private Socket client;
    private SocketChannel channel;
    private LoopThread wait;

    @BeforeEach
    void connect() throws IOException {
        try (ServerSocketChannel listener = ServerSocketChannel.open()) {
            listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            client = new Socket(InetAddress.getLoopbackAddress(), listener.socket().getLocalPort());
            channel = listener.accept();
        }
        wait = new LoopThread(loop, channel);
        Thread.ofPlatform().daemon().name("test-loop")
                .start(() -> ServiceLoop.run("test", () -> ended.getCount() > 0, loop::step));
    }

    @AfterEach
    void close() throws IOException {
        ended.countDown();
        loop.close();
        channel.close();
        client.close();
    }

    @Test
    void shouldRunOnTheLoopWhenTheClientHasSentSomething() throws Exception {
        start(() -> {
            wait.awaitRequest();
            return currentThread();
        });
        client.getOutputStream().write('a');
        assertThat(next()).asString().contains(LOOP);
    }

    @Test
    void shouldRunElsewhereOnceItHasLeftTheLoopUntilTheNextRequest() throws Exception {
        client.getOutputStream().write('a');
        start(() -> {
            wait.awaitRequest();
            wait.leaveLoop();
            said.add(currentThread());
            wait.await(SelectionKey.OP_WRITE);
            said.add(currentThread());
            channel.read(ByteBuffer.allocate(9));
            said.add(Thread.currentThread());
            wait.awaitRequest();
            return currentThread();
        });
        assertThat(next()).asString().contains(ELSEWHERE);
        assertThat(next()).asString().contains(ELSEWHERE);
        Thread thread = (Thread) next();
        await().until(() -> thread.getState() == Thread.State.WAITING);
        client.getOutputStream().write('a');
        assertThat(next()).asString().contains(LOOP);
    }

    @Test
    void shouldRunElsewhereWhenAnotherThreadWakesIt() throws Exception {
        CountDownLatch latch = new CountDownLatch(1);
        client.getOutputStream().write('a');
        start(() -> {
            wait.awaitRequest();
            said.add(Thread.currentThread());
            latch.await();
            return currentThread();
        });
        Thread thread = (Thread) next();
        await().until(() -> thread.getState() == Thread.State.WAITING);
        latch.countDown();
        assertThat(next()).asString().contains(ELSEWHERE);
    }

    @Test
    void shouldStayOnTheLoopInAStepInWhichAnotherThreadWakesIt() throws Exception {
        CountDownLatch step = new CountDownLatch(1);
        CountDownLatch later = new CountDownLatch(1);
        client.getOutputStream().write('a');
        start(() -> {
            wait.awaitRequest();
            said.add(Thread.currentThread());
            said.add(wait.stayOnLoop(() -> {
                awaitQuietly(step);
                return currentThread();
            }));
            later.await();
            return currentThread();
        });
        Thread thread = (Thread) next();
        await().until(() -> thread.getState() == Thread.State.WAITING);
        step.countDown();
        assertThat(next()).asString().contains(LOOP);
        await().until(() -> thread.getState() == Thread.State.WAITING);
        later.countDown();
        assertThat(next()).asString().contains(ELSEWHERE);
    }

    @Test
    void shouldNotReturnToTheLoopForAStepOnceItHasLeft() throws Exception {
        CountDownLatch step = new CountDownLatch(1);
        client.getOutputStream().write('a');
        start(() -> {
            wait.awaitRequest();
            wait.leaveLoop();
            said.add(Thread.currentThread());
            return wait.stayOnLoop(() -> {
                awaitQuietly(step);
                return currentThread();
            });
        });
        Thread thread = (Thread) next();
        await().until(() -> thread.getState() == Thread.State.WAITING);
        step.countDown();
        assertThat(next()).asString().contains(ELSEWHERE);
    }

    @Test
    void shouldLetOthersRunThatWaitForTheLoop() throws Exception {
        client.getOutputStream().write('a');
        start(() -> {
            wait.awaitRequest();
            loop.execute(carried(() -> said.add("another")));
            wait.letOthersRun();
            return currentThread();
        });
        assertThat(next()).isEqualTo("another");
        assertThat(next()).asString().contains(LOOP);
    }

    @Test
    void shouldStayElsewhereWhenOthersWaitForTheLoop() throws Exception {
        CountDownLatch busy = new CountDownLatch(1);
        client.getOutputStream().write('a');
        start(() -> {
            wait.awaitRequest();
            wait.leaveLoop();
            loop.execute(carried(() -> awaitQuietly(busy)));
            loop.execute(carried(() -> said.add("another")));
            wait.letOthersRun();
            said.add(currentThread());
            busy.countDown();
            return "ended";
        });
        assertThat(next()).asString().contains(ELSEWHERE);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static EventLoop.Carried carried(Runnable task) {
        return new EventLoop.Carried() {
            @Override
            public void run() {
                task.run();
            }

            @Override
            public Thread thread() {
                return null;
            }
        };
    }

    private void start(Callable<Object> task) {
        wait.start(() -> {
            try {
                said.add(task.call());
            } catch (Exception e) {
                said.add(e);
            }
        });
    }

    private Object next() throws InterruptedException {
        return said.poll(20, TimeUnit.SECONDS);
    }

    /** A virtual thread's text ends with the name of the thread that it runs on. */
    private static String currentThread() {
        return Thread.currentThread().toString();
    }
}
