package dev.tinysse.cluster.redis;

import static org.awaitility.Awaitility.await;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import redis.clients.jedis.HostAndPort;

/**
 * A server on the loopback that speaks the protocol of Redis and replies as a test has scripted: it can stall, hang up in the middle of
 * a reply, fail, and reply to connections in another order. A script that a node runs is a command with the name of its {@link Script}.
 * Safe for any thread.
 */
final class FakeRedis implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final ServerSocket listener;
    private final Map<String, Reply> usual = new ConcurrentHashMap<>();
    private final Map<String, Queue<Reply>> next = new ConcurrentHashMap<>();
    private final List<Command> received = new CopyOnWriteArrayList<>();
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final AtomicInteger connections = new AtomicInteger();
    private final CountDownLatch closed = new CountDownLatch(1);

    /**
     * A command as it has arrived.
     *
     * @param connection its number, from 1 on
     * @param name of the command, or of the script that it runs
     * @param words all of it
     */
    record Command(int connection, String name, List<byte[]> words) {
        String word(int index) {
            return new String(words.get(index), StandardCharsets.UTF_8);
        }

        List<String> texts() {
            return words.stream().map(word -> new String(word, StandardCharsets.UTF_8)).toList();
        }
    }

    /** Replies to a command. */
    @FunctionalInterface
    interface Reply {
        void to(Command command, OutputStream out) throws IOException, InterruptedException;
    }

    FakeRedis() {
        try {
            listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        always("PING", status("PONG"));
        Thread.ofVirtual().start(this::accept);
    }

    HostAndPort host() {
        return new HostAndPort("127.0.0.1", listener.getLocalPort());
    }

    /** The reply to all commands with this name for which no other is scripted. */
    FakeRedis always(String name, Reply reply) {
        usual.put(name, reply);
        return this;
    }

    /** The replies to the next commands with this name, one each. */
    FakeRedis then(String name, Reply... replies) {
        next.computeIfAbsent(name, _ -> new ConcurrentLinkedQueue<>()).addAll(Arrays.asList(replies));
        return this;
    }

    /** {@return the commands with this name that have arrived} */
    List<Command> received(String name) {
        return received.stream().filter(command -> command.name().equals(name)).toList();
    }

    /** Waits until so many commands with this name have arrived, and returns the last of them. */
    Command awaitReceived(String name, int count) {
        await().atMost(PATIENCE).until(() -> received(name).size() >= count);
        return received(name).get(count - 1);
    }

    /** {@return the number of connections that have been made} */
    int connections() {
        return connections.get();
    }

    /** Closes all connections, and accepts new ones. */
    void hangUpAll() {
        sockets.forEach(FakeRedis::close);
    }

    static Reply value(Object value) {
        return (_, out) -> out.write(encoded(value));
    }

    static Reply status(String text) {
        return raw("+" + text + "\r\n");
    }

    static Reply error(String text) {
        return raw("-" + text + "\r\n");
    }

    static Reply raw(String bytes) {
        return (_, out) -> out.write(bytes.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Closes the connection instead of replying. */
    static Reply hangUp() {
        return (_, _) -> {
            throw new IOException("hangs up");
        };
    }

    /** Closes the connection when so many bytes of the reply have been sent. */
    static Reply cut(Object value, int bytes) {
        return (_, out) -> {
            out.write(encoded(value), 0, bytes);
            throw new IOException("hangs up");
        };
    }

    /** Does not reply until the test is over. */
    Reply stall() {
        return (_, _) -> closed.await();
    }

    /** Replies as soon as a latch is open. */
    static Reply after(CountDownLatch latch, Reply reply) {
        return (command, out) -> {
            latch.await();
            reply.to(command, out);
        };
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                sockets.add(socket);
                int number = connections.incrementAndGet();
                Thread.ofVirtual().start(() -> serve(socket, number));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket socket, int number) {
        try (socket) {
            InputStream in = new BufferedInputStream(socket.getInputStream());
            while (true) {
                Command command = read(in, number);
                received.add(command);
                Queue<Reply> scripted = next.get(command.name());
                Reply reply = scripted == null ? null : scripted.poll();
                if (reply == null) {
                    reply = usual.getOrDefault(command.name(), error("ERR unknown command " + command.name()));
                }
                reply.to(command, socket.getOutputStream());
            }
        } catch (IOException | InterruptedException e) {
            // the connection is closed
        }
    }

    private static Command read(InputStream in, int connection) throws IOException {
        List<byte[]> words = new ArrayList<>();
        for (int left = Integer.parseInt(line(in).substring(1)); left > 0; left--) {
            words.add(in.readNBytes(Integer.parseInt(line(in).substring(1))));
            line(in);
        }
        return new Command(connection, name(words), words);
    }

    private static String name(List<byte[]> words) {
        String name = new String(words.getFirst(), StandardCharsets.UTF_8);
        for (Script script : Script.values()) {
            if (name.equals("EVALSHA") && Arrays.equals(script.digest, words.get(1))) {
                return script.name();
            }
            if (name.equals("EVAL") && Arrays.equals(script.text, words.get(1))) {
                return "EVAL " + script.name();
            }
        }
        return name;
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new IOException("end");
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    private static byte[] encoded(Object value) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        switch (value) {
            case null -> out.writeBytes("$-1\r\n".getBytes(StandardCharsets.UTF_8));
            case List<?> list -> {
                out.writeBytes(("*" + list.size() + "\r\n").getBytes(StandardCharsets.UTF_8));
                list.forEach(element -> out.writeBytes(encoded(element)));
            }
            case Integer number -> out.writeBytes((":" + number + "\r\n").getBytes(StandardCharsets.UTF_8));
            case Long number -> out.writeBytes((":" + number + "\r\n").getBytes(StandardCharsets.UTF_8));
            default -> {
                byte[] bytes = value instanceof byte[] its ? its : value.toString().getBytes(StandardCharsets.UTF_8);
                out.writeBytes(("$" + bytes.length + "\r\n").getBytes(StandardCharsets.UTF_8));
                out.writeBytes(bytes);
                out.writeBytes("\r\n".getBytes(StandardCharsets.UTF_8));
            }
        }
        return out.toByteArray();
    }

    @Override
    public void close() {
        closed.countDown();
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        hangUpAll();
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
