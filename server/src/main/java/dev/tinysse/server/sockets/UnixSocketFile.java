package dev.tinysse.server.sockets;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.ConnectException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;

/**
 * The file of a Unix domain socket, which outlives a server that ends without a stop. A file that nobody listens on is taken over;
 * any other is left alone. For one thread at a time.
 */
final class UnixSocketFile {
    private static final Logger LOG = System.getLogger("tinysse");
    private static final int BACKLOG = 4096;
    private static final int TYPE_MASK = 0170000;
    private static final int SOCKET_TYPE = 0140000;

    private final Path path;
    private Object identity;

    UnixSocketFile(Path path) {
        this.path = path;
    }

    /**
     * Listens on it.
     *
     * @param mode its file mode
     * @throws IOException if there is another file, or a server that listens already
     */
    ServerSocketChannel bind(Set<PosixFilePermission> mode) throws IOException {
        if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            takeOver();
        }
        ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            channel.bind(UnixDomainSocketAddress.of(path), BACKLOG);
            Files.setPosixFilePermissions(path, mode);
            identity = identity();
            return channel;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private void takeOver() throws IOException {
        int mode = (int) Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS);
        if ((mode & TYPE_MASK) != SOCKET_TYPE) {
            throw new IOException("there is another file of that name");
        }
        try (SocketChannel probe = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            probe.connect(UnixDomainSocketAddress.of(path));
        } catch (ConnectException e) {
            Files.delete(path);
            return;
        } catch (IOException e) {
            throw new IOException("there is a socket of that name, and the check whether it is in use failed: "
                    + e.getMessage(), e);
        }
        throw new IOException("another server listens there");
    }

    /** Removes it, unless it is another one by now. */
    void remove() {
        try {
            if (identity != null && identity.equals(identity())) {
                Files.delete(path);
            }
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "a socket's file was not removed: " + path, e);
        }
    }

    private Object identity() throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS).fileKey();
    }
}
