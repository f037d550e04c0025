package dev.tinysse.server.transport.threads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How a connection's thread waits for its channel, wherever it runs. */
class ConnectionThreadTest {
    private final BlockingQueue<Object> said = new LinkedBlockingQueue<>();
    private ConnectionThreads threads;
    private ConnectionThread thread;
    private Socket client;
    private SocketChannel channel;

    @BeforeEach
    void connect() throws IOException {
        try (ServerSocketChannel listener = ServerSocketChannel.open()) {
            listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            client = new Socket(InetAddress.getLoopbackAddress(), listener.socket().getLocalPort());
            channel = listener.accept();
        }
    }

    @AfterEach
    void close() throws IOException {
        channel.close();
        thread.closed();
        threads.close();
        client.close();
    }

    @ParameterizedTest
    @EnumSource
    void shouldNotLoseWhatComesWhileNobodyWaits(ThreadChoice choice) throws Exception {
        CountDownLatch latch = new CountDownLatch(1);
        client.getOutputStream().write('a');
        start(choice, () -> {
            thread.awaitRequest();
            said.add(channel.read(ByteBuffer.allocate(9)));
            latch.await();
            thread.awaitRequest();
            return channel.read(ByteBuffer.allocate(9));
        });
        assertThat(next()).isEqualTo(1);
        client.getOutputStream().write(new byte[3]);
        latch.countDown();
        assertThat(next()).isEqualTo(3);
    }

    @ParameterizedTest
    @EnumSource
    void shouldWaitUntilTheClientTakesSomething(ThreadChoice choice) throws Exception {
        start(choice, () -> {
            ByteBuffer bytes = ByteBuffer.allocate(64 * 1024);
            while (channel.write(bytes.clear()) > 0) {
                // until the system takes no more
            }
            said.add("full");
            thread.await(SelectionKey.OP_WRITE);
            return channel.write(bytes.clear()) > 0;
        });
        assertThat(next()).isEqualTo("full");
        Thread.ofVirtual().start(() -> {
            try {
                client.getInputStream().transferTo(OutputStream.nullOutputStream());
            } catch (IOException e) {
                // the test has ended
            }
        });
        assertThat(next()).isEqualTo(true);
    }

    @ParameterizedTest
    @EnumSource
    void shouldEndTheWaitWhenTheChannelIsClosed(ThreadChoice choice) throws Exception {
        start(choice, () -> {
            said.add(Thread.currentThread());
            thread.awaitRequest();
            return "goes on";
        });
        Thread waiting = (Thread) next();
        await().until(() -> waiting.getState() == Thread.State.WAITING);
        channel.close();
        thread.closed();
        assertThat(next()).isInstanceOf(ClosedChannelException.class);
        assertThat(client.getInputStream().read()).isEqualTo(-1);
    }

    @ParameterizedTest
    @EnumSource
    void shouldEndTheWaitWhenItIsInterrupted(ThreadChoice choice) throws Exception {
        start(choice, () -> {
            said.add(Thread.currentThread());
            thread.awaitRequest();
            return "goes on";
        });
        ((Thread) next()).interrupt();
        assertThat(next()).isInstanceOf(ClosedChannelException.class);
    }

    @ParameterizedTest
    @EnumSource
    void shouldTakeTheChannelAgainThatItHasReleased(ThreadChoice choice) throws Exception {
        client.getOutputStream().write('a');
        start(choice, () -> {
            thread.awaitRequest();
            thread.release();
            thread = threads.of(channel);
            thread.awaitRequest();
            return "ready";
        });
        assertThat(next()).isEqualTo("ready");
    }

    @ParameterizedTest
    @EnumSource
    void shouldGoOnAfterItHasLeftTheLoopOrStayed(ThreadChoice choice) throws Exception {
        client.getOutputStream().write('a');
        start(choice, () -> {
            thread.awaitRequest();
            thread.letOthersRun();
            said.add(thread.stayOnLoop(() -> "stayed"));
            thread.leaveLoop();
            return "left";
        });
        assertThat(next()).isEqualTo("stayed");
        assertThat(next()).isEqualTo("left");
    }

    private void start(ThreadChoice choice, Callable<Object> task) throws IOException {
        threads = choice.create();
        threads.start();
        thread = threads.of(channel);
        thread.start(() -> {
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
}
