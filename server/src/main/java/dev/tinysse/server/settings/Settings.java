package dev.tinysse.server.settings;

import dev.tinysse.server.logging.LogFormat;
import dev.tinysse.server.logging.LogLevel;
import dev.tinysse.server.proxies.TrustedProxies;
import dev.tinysse.server.rights.Rights;
import dev.tinysse.server.sockets.Authority;
import java.net.URI;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Everything a user can set, checked and typed; immutable. Each value bears the name of its option: {@code --keep-alive},
 * {@code TINYSSE_KEEP_ALIVE} and {@code keep-alive:} are {@link Streams#keepAlive()}. A group leaves out what all its
 * options begin with: {@code --cors-max-age} is {@link Cors#maxAge()}.
 * <p>
 * {@link Duration#ZERO} means off or without limit, unless a component says otherwise.
 *
 * @param listen where the server listens, at least one address
 * @param listenMode file mode of Unix sockets among them
 * @param tls the certificate
 * @param logLevel how much is logged
 * @param logFormat what lines of the log look like
 * @param accessLog file for a line per request and per stream, or {@code -}; empty when there is none
 * @param admin the admin listener
 * @param http paths and limits of requests
 * @param streams limits and times of streams
 * @param history the stored messages for clients that reconnect
 * @param durableStreams durable streams
 * @param cluster which other nodes are one server with this one
 * @param serveStatic files to serve beside the streams
 * @param cors requests from pages of other origins
 * @param access authentication and authorization
 * @param scripting the hook script and its limits
 */
public record Settings(List<ListenAddress> listen, Set<PosixFilePermission> listenMode, Tls tls, LogLevel logLevel,
        LogFormat logFormat, Optional<String> accessLog, Admin admin, Http http, Streams streams, History history,
        DurableStreams durableStreams, Cluster cluster, ServeStatic serveStatic, Cors cors, Access access,
        Scripting scripting) {
    private static final long DEFAULT_SIZE_IN_FILES = 1_000_000_000;
    private static final long DEFAULT_SIZE_IN_MEMORY = 64_000_000;
    private static final Duration DEFAULT_LONG_POLL = Duration.ofSeconds(20);

    /**
     * The server's certificate: both files or none.
     *
     * @param cert file with it and its chain, as configured
     * @param key file with its private key, as configured
     */
    public record Tls(Optional<String> cert, Optional<String> key) {}

    /**
     * The admin listener.
     *
     * @param listen where it listens; empty when there is none
     * @param tokenFile file with the token that operators send; empty when they need none
     * @param host names of the listener beside its own and those of loopback, each with the port by which browsers reach it, if that is another
     */
    public record Admin(Optional<List<ListenAddress>> listen, Optional<String> tokenFile,
            Optional<List<Authority>> host) {}

    /**
     * Paths and limits of requests.
     *
     * @param pubPath where messages are posted; begins with a slash
     * @param subPath where streams are requested; begins with a slash, may be the same as {@code pubPath}
     * @param healthPath where the server tells whether it is well; begins with a slash, is neither of the two; empty when
     *        switched off
     * @param maxBodySize bytes of the largest body that can be posted, at least 1
     * @param headTimeout how long a client may take to send the request head
     * @param bodyTimeout how long a client may take to send a request's body
     * @param channels whether requests may name channels
     * @param presence whether they may ask who is on a channel; only with channels
     * @param trustedProxies proxies that are trusted to report the address of a client
     * @param serveClient whether the client for browsers is served, at {@value #CLIENT_PATH}
     */
    public record Http(String pubPath, String subPath, Optional<String> healthPath, int maxBodySize,
            Duration headTimeout, Duration bodyTimeout, boolean channels, boolean presence,
            TrustedProxies trustedProxies, boolean serveClient) {
        /** Where the client for browsers is served. */
        public static final String CLIENT_PATH = "/tinysse.js";
    }

    /**
     * Limits and times of streams.
     *
     * @param keepAlive interval of keep-alive comments on idle streams
     * @param keepAliveText text of that comment, one line
     * @param timeout maximum lifetime of a stream
     * @param timeoutRetry the {@code retry:} value sent with that; zero is a value like any other, and empty means a random one
     * @param writeTimeout maximum time that a write waits for a slow consumer
     * @param drainTimeout how long a stop may take; zero cuts the streams at once
     * @param capacity messages a stream may be behind, at least 1
     * @param maxSubscribers streams at the same time; 0 for no limit
     * @param compress whether streams are compressed with gzip whose clients accept that
     */
    public record Streams(Duration keepAlive, String keepAliveText, Duration timeout, Optional<Duration> timeoutRetry,
            Duration writeTimeout, Duration drainTimeout, int capacity, int maxSubscribers, boolean compress) {}

    /**
     * The history. All but the first require that it is on.
     *
     * @param history newest messages of each channel; 0 for none
     * @param age maximum age; empty for unlimited
     * @param size bytes that all of them may take, at least 1; empty for the {@linkplain #bytes default}
     * @param dataDir directory of the files, as configured; empty for a history in memory
     * @param durability what an acknowledgement guarantees; only with a directory; empty for the {@linkplain #level default}
     */
    public record History(int history, Optional<Duration> age, Optional<Long> size, Optional<String> dataDir,
            Optional<Durability> durability) {
        /** {@return whether messages are stored} */
        public boolean isEnabled() {
            return history > 0;
        }

        /**
         * The maximum size of all stored messages.
         *
         * @param maxHeap maximum size of the heap in bytes, of which a history in memory takes at most a quarter by default
         * @return bytes
         */
        public long bytes(long maxHeap) {
            return size.orElse(
                    dataDir.isPresent() ? DEFAULT_SIZE_IN_FILES : Math.min(DEFAULT_SIZE_IN_MEMORY, maxHeap / 4));
        }

        /** {@return what an acknowledgement guarantees for a message that is stored in files} */
        public Durability level() {
            return durability.orElse(Durability.SYNCED);
        }
    }

    /**
     * Durable streams. All but the first require that they are on.
     *
     * @param durableStreams path under which they are served, as configured; empty if they are off
     * @param size bytes that all of them may take, at least 1; empty for the default
     * @param ttl of a stream that is created without one; empty for none
     * @param longPollTimeout maximum wait of a long-poll request; empty for the {@linkplain #longPoll default}
     * @param coalesce maximum delay of live readers; empty for none
     */
    public record DurableStreams(Optional<String> durableStreams, Optional<Long> size, Optional<Duration> ttl,
            Optional<Duration> longPollTimeout, Optional<Duration> coalesce) {
        /** {@return the path, without a slash at its end} */
        public Optional<String> path() {
            return durableStreams.map(path -> path.replaceFirst("/+$", ""));
        }

        /** {@return the maximum wait of a long-poll request} */
        public Duration longPoll() {
            return longPollTimeout.orElse(DEFAULT_LONG_POLL);
        }

        /**
         * The maximum size of all durable streams.
         *
         * @param maxHeap maximum size of the heap in bytes, of which streams in memory take at most a quarter by default
         * @return bytes
         */
        public long bytes(long maxHeap) {
            return size.orElse(Math.min(DEFAULT_SIZE_IN_MEMORY, maxHeap / 4));
        }
    }

    /**
     * Which other nodes are one server with this one.
     *
     * @param cluster URL of the backend that they share; empty for a server of its own
     * @param name key prefix in the backend
     * @param timeout maximum time that a publish waits for the backend, more than zero
     * @param ack what an acknowledgement guarantees
     * @param nodeName name of this node; empty for a generated one
     */
    public record Cluster(Optional<ClusterUrl> cluster, String name, Duration timeout, ClusterAck ack,
            Optional<String> nodeName) {
        /** {@return whether this node is one of several} */
        public boolean isJoined() {
            return cluster.isPresent();
        }
    }

    /**
     * Files to serve beside the streams.
     *
     * @param dir folder with the files, as configured; empty when there are none to serve
     * @param path URL path they are found under, as configured; begins with a slash, and may end with one
     */
    public record ServeStatic(Optional<String> dir, String path) {}

    /**
     * Requests from pages of other origins.
     *
     * @param allowOrigin origins, in the form browsers send them
     * @param allowMethods request methods; empty for those that the paths have
     * @param allowHeaders names of request headers
     * @param allowCredentials whether credentialed requests are allowed; never together with a list that allows any
     * @param maxAge how long a browser may remember the response; zero means not at all
     */
    public record Cors(AllowList allowOrigin, Optional<AllowList> allowMethods, AllowList allowHeaders,
            boolean allowCredentials,
            Duration maxAge) {}

    /**
     * Authentication and authorization. Everyone may publish and subscribe as long as neither keys nor rights of the anonymous are there.
     *
     * @param jwtKey files with keys of tokens, as configured
     * @param jwtJwks key set to fetch
     * @param jwtAlgorithms algorithms of tokens; empty for those that the keys allow
     * @param jwtIssuer issuer that tokens must have
     * @param jwtAudience audience that tokens must have
     * @param jwtClaim claim with the rights
     * @param jwtLeeway permitted clock skew
     * @param authCookie cookie that may bring a token
     * @param authQuery query parameter that may bring a token
     * @param apiKeys file with keys of applications, as configured
     * @param anonymous permissions of unauthenticated requests; empty for none
     */
    public record Access(Optional<List<String>> jwtKey, Optional<URI> jwtJwks, Optional<List<String>> jwtAlgorithms,
            Optional<String> jwtIssuer, Optional<String> jwtAudience, String jwtClaim, Duration jwtLeeway,
            Optional<String> authCookie, Optional<String> authQuery, Optional<String> apiKeys,
            Optional<Rights> anonymous) {
        /** {@return whether there are keys of tokens} */
        public boolean hasTokens() {
            return jwtKey.isPresent() || jwtJwks.isPresent();
        }

        /** {@return whether there are keys of any kind} */
        public boolean hasKeys() {
            return hasTokens() || apiKeys.isPresent();
        }

        /** {@return whether not everyone may do everything} */
        public boolean isOn() {
            return hasKeys() || anonymous.isPresent();
        }
    }

    /**
     * The hook script and its limits.
     *
     * @param script file with the hooks, as configured; empty when there are none
     * @param scriptProvider name of the language's provider; when empty the file's extension tells it
     * @param scriptData handed to the script's {@code startup}
     * @param scriptTick pause between two calls of {@code tick}
     * @param scriptTimeout CPU time limit of a call
     * @param scriptMemory bytes that a call may hold; 0 for no limit
     * @param startupTimeout time for the script's top level and its {@code startup}
     * @param unsafeScript whether the sandbox is lifted
     * @param watchScript whether the script is reloaded when its file changes
     */
    public record Scripting(Optional<String> script, Optional<String> scriptProvider, Optional<String> scriptData,
            Duration scriptTick, Duration scriptTimeout, long scriptMemory, Duration startupTimeout,
            boolean unsafeScript, boolean watchScript) {}

    /** {@return whether this address speaks TLS} */
    public boolean isTls(ListenAddress address) {
        return address instanceof ListenAddress.Tcp tcp && (tcp.tls() || tls.cert().isPresent() && noneIsMarked());
    }

    private boolean noneIsMarked() {
        return listen.stream().noneMatch(address -> address instanceof ListenAddress.Tcp tcp && tcp.tls());
    }
}
