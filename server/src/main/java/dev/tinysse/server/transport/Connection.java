package dev.tinysse.server.transport;

import dev.tinysse.broker.stream.StreamChannel;
import dev.tinysse.server.proxies.Client;
import dev.tinysse.server.proxies.ForwardedHeaders;
import dev.tinysse.server.proxies.Peer;
import dev.tinysse.server.proxies.TrustedProxies;
import dev.tinysse.server.refusal.RefusalObserver;
import dev.tinysse.server.refusal.RefusedRequest;
import dev.tinysse.server.refusal.StatusLine;
import dev.tinysse.server.transport.ConnectionState.Phase;
import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataReader;
import io.helidon.common.buffers.DataWriter;
import io.helidon.common.concurrency.limits.Limit;
import io.helidon.common.socket.HelidonSocket;
import io.helidon.common.socket.PeerInfo;
import io.helidon.http.Headers;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.ListenerContext;
import io.helidon.webserver.Router;
import io.helidon.webserver.spi.ServerConnection;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.function.Supplier;

/**
 * A client's connection while it speaks HTTP, on a virtual thread of its own: Helidon's HTTP/1.1 on one side, a channel on the
 * other. A request for a stream ends that: the channel is {@linkplain #detach detached}, and the thread ends.
 *
 * <p>All methods are for the connection's thread, but for {@link #expire}, {@link #endInput} and {@link #abort}.
 */
public final class Connection implements ConnectionContext, HelidonSocket {
    static final int MAX_HEAD_BYTES = 64 * 1024;
    /** Shared by streams, most of which have nothing to be read before them. */
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);
    private static final ScopedValue<Connection> CURRENT = ScopedValue.newInstance();

    private final ConnectionParts parts;
    private final Accepted accepted;
    private final ConnectionState state;
    private final ChannelWait wait;
    private final ClientChannel client;
    private final Peer peer;
    private final Peer local;
    private final RequestReader reader;
    private final HeldMemory memory;
    private final ChannelWriter writer;
    private int headBytes;
    /** The present request, as far as it has been read. */
    private String method = RefusedRequest.UNKNOWN;
    private String path = RefusedRequest.UNKNOWN;
    private boolean handled;
    private boolean streamsBody;
    private volatile long began = System.nanoTime();
    /** The client of the present request, which may be behind proxies. */
    private Peer remote;
    private boolean secure;

    /**
     * A connection on which nothing has been read.
     *
     * @param parts of the listener that accepted it
     * @param loop on which its thread waits for the client
     * @param accepted its channel, blocking
     * @param early what has been read from the channel already
     */
    Connection(ConnectionParts parts, EventLoop loop, Accepted accepted, ByteBuffer early) throws IOException {
        SocketChannel socket = accepted.channel().socket();
        this.parts = parts;
        this.accepted = accepted;
        this.secure = accepted.channel().isEncrypted();
        this.state = new ConnectionState(parts.config(), System::nanoTime);
        this.wait = new ChannelWait(loop, socket);
        this.client = new ClientChannel(accepted.channel(), wait, early, state,
                () -> refuse(Status.REQUEST_TIMEOUT_408, parts.errors().requestTimeout()), parts.closing());
        this.writer = new ChannelWriter(client, this::sending);
        this.memory = new HeldMemory(parts.memory());
        this.reader = new RequestReader(this, parts.config().maxBodySize(), memory::addBody);
        this.peer = Peer.of(socket.getRemoteAddress());
        this.remote = peer;
        this.local = Peer.of(socket.getLocalAddress());
    }

    /** {@return the connection whose request the calling thread is handling} */
    public static Connection current() {
        return CURRENT.get();
    }

    /** Where the connection's thread runs. */
    Executor scheduler() {
        return wait;
    }

    /**
     * The rest of this request may need much CPU time or wait, in a script for example: it leaves the event loop, which other
     * requests need. To be called before the first such step; again without effect.
     */
    public void leaveLoop() {
        wait.leaveLoop();
    }

    /**
     * Carries out a step of the request that waits for other threads, computes little, and neither reads nor writes. A request that is
     * on the event loop stays there.
     *
     * @return what the step returns
     */
    public <T> T stayOnLoop(Supplier<T> step) {
        return wait.stayOnLoop(step);
    }

    /** Speaks HTTP until the connection ends or is detached. */
    void run(ServerConnection http, Limit limit) throws Exception {
        wait.begin();
        if (accepted.handshake() != Handshake.NONE) {
            client.shakeHands(accepted.handshake(),
                    () -> refuse(Status.BAD_REQUEST_400, parts.errors().notTls()));
        }
        ScopedValue.where(CURRENT, this).call(() -> {
            http.handle(limit);
            return null;
        });
    }

    /** The first line of a request has been read. */
    void requestLine(String method, String path) {
        this.method = method;
        this.path = path;
    }

    /** The present request has reached who tells of it: nobody else has to. */
    public void handled() {
        handled = true;
    }

    /** The response to a request that reaches no handler, once it is known. Any thread. */
    private byte[] refuse(Status status, byte[] response) {
        ErrorResponses.logRefused(status, () -> "client=" + childSocketId());
        tell(status.code(), response.length);
        return response;
    }

    private void tell(int status, int bytes) {
        parts.refusals().refused(new RefusedRequest(childSocketId(), method, path, status,
                System.nanoTime() - began, bytes));
    }

    /** Finds out whose request this is. */
    void identify(Headers headers) {
        TrustedProxies proxies = parts.config().trustedProxies();
        if (!proxies.isEmpty()) {
            Client found = proxies.resolve(new Client(peer.host(), peer.port(), accepted.channel().isEncrypted()),
                    ForwardedHeaders.said(headers));
            remote = new Peer(peer.address(), found.ip(), found.port());
            secure = found.secure();
        }
    }

    /** The body of this request is read while it arrives: it may have any length, and its deadline begins again with each part. */
    public void streamBody() {
        streamsBody = true;
        reader.streamBody();
    }

    /** Ends a wait for the rest of the body of this request, which nobody wants: {@link InputEndedException}. Any thread. */
    public void endInput() {
        wait.endInput(true);
    }

    /** The request head has been read. A request that asks to close the connection is its last. */
    void headComplete(boolean hasBody, boolean isLast) {
        reader.beginBody();
        streamsBody = false;
        wait.endInput(false);
        state.headComplete(hasBody, isLast);
    }

    /**
     * Reserves the memory for a body of known length before it is read.
     *
     * @param length its bytes
     * @throws BodyTooLongException if it is larger than all the memory that there is for requests
     * @throws OverloadedException if there is no memory for it at the moment
     */
    public void reserveBody(long length) {
        memory.addBody(length);
    }

    /** Gives back the memory that a request held. */
    void releaseMemory() {
        memory.release();
    }

    /** The body of a request has been read: from now on no deadline of the client applies. */
    public void bodyComplete() {
        state.bodyComplete();
    }

    /** Ends the connection after its last response: further bytes are not read as a request. */
    void endAfterLastResponse() {
        if (state.phase() == Phase.ENDED) {
            throw new CloseConnectionException("the last response has been sent");
        }
    }

    /** A request has been handled. */
    void requestComplete() {
        if (!isDetached()) {
            headBytes = 0;
            requestLine(RefusedRequest.UNKNOWN, RefusedRequest.UNKNOWN);
            handled = false;
            memory.release();
            reader.beginRequest();
            streamsBody = false;
            wait.endInput(false);
            state.requestComplete();
        }
    }

    /**
     * Takes the channel away from HTTP. The caller owns it from now on, and leaves the request by throwing what this returns.
     *
     * @return what ends the connection's thread
     * @throws CloseConnectionException if the request has timed out
     */
    public CloseConnectionException detach() {
        state.detach();
        wait.release();
        return new Detached();
    }

    /** {@return the bytes that the client has already sent after this request} */
    public ByteBuffer unread() {
        int available = reader.available();
        byte[] read = available == 0 ? new byte[0] : reader.readBytes(available); // which would wait for a first byte
        byte[] early = client.takeEarly();
        return read.length + early.length == 0
                ? NOTHING
                : ByteBuffer.allocate(read.length + early.length).put(read).put(early).flip();
    }

    /** {@return whether the connection ends after this response: the client asks for that, or the body has not been read} */
    public boolean isLastRequest() {
        return state.isLastRequest();
    }

    /** {@return the connection's channel} */
    public StreamChannel channel() {
        return client.channel();
    }

    /** {@return who the client of the present request is, for the log, unless the connection's own address tells} */
    public Optional<String> clientBehindProxy() {
        return remote == peer ? Optional.empty() : Optional.of(childSocketId());
    }

    /** How many places it takes of those for connections. */
    int places() {
        return accepted.places();
    }

    /** {@return where its channel goes after a stream: to be closed if this is the last request} */
    public ReturnedChannels returned() {
        return isLastRequest() ? parts.closing() : parts.returned();
    }

    /** {@return whether the channel has been detached} */
    public boolean isDetached() {
        return state.phase() == Phase.DETACHED;
    }

    /** Whether its client waits for a response, or is about to send the first request. Any thread. */
    boolean isExpectingResponse() {
        return state.isExpectingResponse();
    }

    /** Closes the connection if its client has been too slow. Any thread. */
    void expire() {
        client.expire();
    }

    /** Closes the channel at once. Any thread. */
    public void abort() {
        client.close();
    }

    /** Closes the connection so that the client receives the last response. */
    void closeGently() {
        client.closeGently();
    }

    @Override
    public byte[] get() {
        endAfterLastResponse();
        if (state.phase() == Phase.AWAITING_REQUEST && !reader.isBeforeRequest()) {
            headBegins(); // with what came together with the request before
        }
        if (state.phase() == Phase.READING_HEAD) {
            if (reader.isBeforeRequest()) {
                headBytes = 0;
                state.emptyLineSkipped();
            } else if (headBytes >= MAX_HEAD_BYTES) {
                client.send(refuse(ErrorResponses.HEADERS_TOO_LARGE, parts.errors().headersTooLarge()));
                throw new CloseConnectionException("request head too large");
            }
        }
        byte[] received = client.receive();
        headBytes += received.length;
        if (state.phase() == Phase.AWAITING_REQUEST) {
            headBegins();
        }
        if (streamsBody) {
            state.bodyContinues();
        } else {
            takeMemory(received.length);
        }
        return received;
    }

    private void headBegins() {
        began = System.nanoTime();
        state.bytesReceived();
    }

    private void takeMemory(int bytes) {
        if (state.phase() != Phase.READING_HEAD) {
            memory.addRead();
        } else if (!memory.tryAddHead(bytes)) {
            client.send(refuse(Status.SERVICE_UNAVAILABLE_503, parts.errors().overloaded()));
            throw new CloseConnectionException("no memory for the request head");
        }
    }

    @Override
    public void write(BufferData data) {
        writer.write(data);
    }

    /** Tells of a response to a request that no handler saw. */
    private void sending(byte[] bytes) {
        if (!handled && parts.refusals() != RefusalObserver.NONE) {
            int status = StatusLine.finalStatus(bytes);
            if (status > 0) {
                tell(status, bytes.length);
            }
        }
    }

    @Override
    public ListenerContext listenerContext() {
        return parts.context();
    }

    @Override
    public ExecutorService executor() {
        return parts.context().executor();
    }

    @Override
    public DataWriter dataWriter() {
        return writer;
    }

    @Override
    public DataReader dataReader() {
        return reader;
    }

    @Override
    public Router router() {
        return parts.router();
    }

    @Override
    public HelidonSocket serverSocket() {
        return this;
    }

    @Override
    public PeerInfo remotePeer() {
        return remote;
    }

    @Override
    public PeerInfo localPeer() {
        return local;
    }

    @Override
    public boolean isSecure() {
        return secure;
    }

    @Override
    public String socketId() {
        return "http";
    }

    @Override
    public String childSocketId() {
        return remote.host() + ":" + remote.port();
    }

    @Override
    public void close() {
        abort();
    }

    @Override
    public void idle() {
        // nothing runs beside the connection's thread
    }

    @Override
    public boolean isConnected() {
        return client.channel().socket().isOpen();
    }

    @Override
    @SuppressWarnings("removal") // Helidon no longer calls it, but its interface has it until the next major version
    public int read(BufferData buffer) {
        byte[] received = get();
        buffer.write(received);
        return received.length;
    }
}
