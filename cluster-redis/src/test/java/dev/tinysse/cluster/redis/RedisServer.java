package dev.tinysse.cluster.redis;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/** A Redis server of a test's own, as installed, on a free port of the loopback. */
final class RedisServer implements AutoCloseable {
    private static final Path PROGRAM = Path.of("/usr/bin/redis-server");

    private final int port;
    private final Process process;

    private RedisServer(int port, Process process) {
        this.port = port;
        this.process = process;
    }

    /** Starts one; a test is skipped where none is installed. */
    static RedisServer start(Path directory, String... options) {
        Assumptions.assumeTrue(Files.isExecutable(PROGRAM), "redis-server is not installed");
        try {
            int port;
            try (ServerSocket free = new ServerSocket(0)) {
                port = free.getLocalPort();
            }
            List<String> command = new ArrayList<>(List.of(PROGRAM.toString(), "--port", String.valueOf(port), "--bind",
                    "127.0.0.1", "--dir", directory.toString(), "--save", "", "--appendonly", "no"));
            command.addAll(List.of(options));
            Process process = new ProcessBuilder(command).redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
            RedisServer server = new RedisServer(port, process);
            await().until(server::listens);
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean listens() {
        try (Socket probe = new Socket()) {
            probe.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 500);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** {@return its address, for a cluster of this name} */
    URI address(String cluster) {
        return URI.create("redis://127.0.0.1:" + port + "?name=" + cluster);
    }

    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().join();
    }
}
