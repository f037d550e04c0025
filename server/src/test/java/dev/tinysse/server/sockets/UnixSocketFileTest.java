package dev.tinysse.server.sockets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnixSocketFileTest {
    private static final Set<PosixFilePermission> MODE = PosixFilePermissions.fromString("rw-rw----");

    @TempDir
    private Path folder;
    private Path path;

    @BeforeEach
    void name() {
        path = folder.resolve("x.sock");
    }

    @Test
    void shouldListenWithItsModeAndRemoveTheFile() throws IOException {
        try (BoundEndpoint bound = bind()) {
            assertThat(Files.getPosixFilePermissions(path)).isEqualTo(MODE);
            assertThat(bound.endpoint().text()).isEqualTo("unix:" + path);
            try (SocketChannel client = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
                assertThat(client.isConnected()).isTrue();
            }
        }
        assertThat(path).doesNotExist();
    }

    @Test
    void shouldTakeOverAFileThatNobodyListensOn() throws IOException {
        try (ServerSocketChannel dead = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            dead.bind(UnixDomainSocketAddress.of(path));
        }
        try (BoundEndpoint _ = bind(); SocketChannel client = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
            assertThat(client.isConnected()).isTrue();
        }
    }

    @Test
    void shouldLeaveAnotherServerAlone() throws IOException {
        try (BoundEndpoint _ = bind()) {
            assertThatThrownBy(this::bind).isInstanceOf(IOException.class)
                    .hasMessage("cannot listen on unix:%s: another server listens there", path);
            assertThat(path).exists();
        }
    }

    @Test
    void shouldLeaveAnotherFileAlone() throws IOException {
        Files.writeString(path, "precious");
        assertThatThrownBy(this::bind).isInstanceOf(IOException.class)
                .hasMessage("cannot listen on unix:%s: there is another file of that name", path);
        assertThat(path).hasContent("precious");
    }

    @Test
    void shouldNotFollowALink() throws IOException {
        Files.createSymbolicLink(path, folder.resolve("elsewhere"));
        assertThatThrownBy(this::bind).hasMessageContaining("there is another file");
    }

    @Test
    void shouldNotRemoveAFileThatHasTakenItsPlace() throws IOException {
        try (BoundEndpoint _ = bind()) {
            Files.delete(path);
            Files.writeString(path, "another");
        }
        assertThat(path).hasContent("another");
    }

    private BoundEndpoint bind() throws IOException {
        return BoundEndpoint.bind(Endpoint.unix(path.toString(), MODE), Duration.ZERO);
    }
}
