package dev.tinysse.client.http;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/** A connection to one server, for one request at a time. For one thread. */
public final class Connection implements AutoCloseable {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
    /** Of a whole exchange; the server's {@code publish} and {@code subscribe} hooks may wait for others. */
    private static final Duration EXCHANGE_TIMEOUT = Duration.ofMinutes(2);
    private static final int BUFFER = 64 * 1024;

    private final Socket socket;
    private final InputStream in;
    private final Deadline deadline;

    private Connection(Socket socket, Deadline deadline) throws IOException {
        this.socket = socket;
        this.deadline = deadline;
        in = new BufferedInputStream(socket.getInputStream(), BUFFER);
    }

    /**
     * Connects. Of several addresses of the host the first that accepts is taken.
     *
     * @param address where to
     * @param silence how long a read may wait; zero for any time
     * @throws IOException if nobody accepts within ten seconds, or the certificate is not trusted
     */
    public static Connection open(Address address, Duration silence) throws IOException {
        return open(address, silence, EXCHANGE_TIMEOUT);
    }

    static Connection open(Address address, Duration silence, Duration timeout) throws IOException {
        IOException failure = new IOException("no address");
        for (InetAddress host : InetAddress.getAllByName(address.host())) {
            Socket socket = new Socket();
            try {
                socket.setTcpNoDelay(true);
                socket.connect(new InetSocketAddress(host, address.port()), (int) CONNECT_TIMEOUT.toMillis());
                socket.setSoTimeout((int) Math.min(Integer.MAX_VALUE, silence.toMillis()));
            } catch (IOException e) {
                socket.close();
                failure = e;
                continue;
            }
            return connected(socket, address, new Deadline(socket, timeout));
        }
        throw failure;
    }

    private static Connection connected(Socket socket, Address address, Deadline deadline) throws IOException {
        try {
            return new Connection(address.tls() ? encrypted(socket, address) : socket, deadline);
        } catch (IOException e) {
            deadline.close();
            socket.close();
            throw deadline.cause(e);
        }
    }

    private static Socket encrypted(Socket plain, Address address) throws IOException {
        SSLSocket socket = (SSLSocket) TrustedCertificates.sockets()
                .createSocket(plain, address.host(), address.port(), true);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        return socket;
    }

    /**
     * Sends a request and reads the head of the response. If the server takes no more of the request, its response is read
     * nevertheless. The exchange has two minutes, until {@link #endExchange}.
     *
     * @throws IOException if there is no response
     */
    public Response exchange(Request request) throws IOException {
        deadline.begin();
        try {
            socket.getOutputStream().write(request.bytes());
        } catch (IOException e) {
            return earlyResponse(request, deadline.cause(e));
        }
        try {
            return new HeadReader(in).response(request.method());
        } catch (IOException e) {
            throw deadline.cause(e);
        }
    }

    /** The response has been read, or is a stream: what follows may take any time. */
    public void endExchange() {
        deadline.end();
    }

    /** {@return why a body could not be read: its time is up, or the failure itself} */
    public IOException cause(IOException failure) {
        return deadline.cause(failure);
    }

    private Response earlyResponse(Request request, IOException failure) throws IOException {
        try {
            return new HeadReader(in).response(request.method());
        } catch (IOException e) {
            failure.addSuppressed(e);
            throw failure;
        }
    }

    /**
     * Whether the server has closed, or said something that nobody asked for, while the connection was idle. Waits for a
     * millisecond.
     */
    public boolean isStale() throws IOException {
        deadline.begin();
        int silence = socket.getSoTimeout();
        socket.setSoTimeout(1);
        try {
            in.read();
            return true;
        } catch (SocketTimeoutException e) {
            return false;
        } catch (IOException e) {
            return true;
        } finally {
            if (!socket.isClosed()) {
                socket.setSoTimeout(silence);
            }
        }
    }

    @Override
    public void close() {
        deadline.close();
        try {
            socket.close();
        } catch (IOException e) {
            // the server has received all that matters
        }
    }
}
