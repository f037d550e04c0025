package dev.tinysse.server.settings;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Every option, declared once: flags, variables, keys, help and documentation follow from this table, and {@link Settings}
 * takes each value by its name.
 */
final class Options {
    private static final String NONE = "none";
    private static final long MAX_MEMORY = 1L << 40;
    private static final int MAX_BODY = 1 << 30;
    private static final int MAX_HISTORY = 1_000_000_000;
    private static final long MAX_HISTORY_SIZE = 1L << 50;

    static final Option<String> CONFIG = option("config", "FILE", Formats.FILE, null,
            "YAML configuration file; its keys are the option names without dashes").forMostUsers();

    /** All of them in groups, in the order of the help. */
    static final List<OptionGroup> GROUPS = List.of(

            new OptionGroup("listening", "Listening and TLS",
                    option('l', "listen", "ADDR:PORT", Formats.LISTEN, "127.0.0.1:1983",
                            "Address to listen on, also tls:ADDR:PORT or unix:FILE; may be repeated").forMostUsers(),
                    option("listen-mode", "MODE", Formats.FILE_MODE, "0660", "File mode of Unix sockets"),
                    option("tls-cert", "FILE", Formats.FILE, null,
                            "PEM certificate chain; enables TLS on all TCP addresses, or on those with tls:")
                            .forMostUsers(),
                    option("tls-key", "FILE", Formats.FILE, null, "PEM private key of the certificate").forMostUsers(),
                    option("trusted-proxies", "LIST", Formats.PROXIES, "",
                            "CIDR blocks of reverse proxies trusted to set X-Forwarded-For; unix for Unix sockets; "
                                    + "forwarded if they set Forwarded instead")
                            .forMostUsers(),
                    option('P', "pub-path", "PATH", Formats.URL_PATH, "/sse", "URL path for publishing with POST"),
                    option('S', "sub-path", "PATH", Formats.URL_PATH, "/sse", "URL path for subscribing with GET"),
                    option('m', "max-body-size", "BYTES", Formats.bytes(1, MAX_BODY, "1GiB"), "64KB",
                            "Maximum size of a publish body, 1 byte to 1GiB"),
                    option("head-timeout", "TIMEOUT", Formats.DURATION, "10s",
                            "Timeout for receiving a request head and for a TLS handshake; 0s for unlimited"),
                    option("body-timeout", "TIMEOUT", Formats.DURATION, "30s",
                            "Timeout for receiving a request body; 0s for unlimited")),

            new OptionGroup("streams", "Streams",
                    option('k', "keep-alive", "INTERVAL", Formats.DURATION, "60s",
                            "Interval of keep-alive comments on idle streams; 0s disables them").forMostUsers(),
                    option('K', "keep-alive-text", "TEXT", Formats.LINE, "keep-alive",
                            "Text of the keep-alive comment"),
                    option('t', "timeout", "TIMEOUT", Formats.DURATION, "5m",
                            "Maximum lifetime of a stream; 0s for unlimited").forMostUsers(),
                    option('r', "timeout-retry", "RETRY", Formats.DURATION, null,
                            "Reconnection delay sent to the client when --timeout closes a stream")
                            .otherwise("random, 50ms to 250ms"),
                    option('c', "capacity", "CAPACITY", Formats.number(1, 1 << 20), "256",
                            "Messages that a slow consumer may be behind before it loses the oldest, 1 to 1048576"),
                    option("max-subscribers", "COUNT", Formats.number(0, 10_000_000), "0",
                            "Maximum number of open streams, up to 10000000; 0 for unlimited").forMostUsers(),
                    option("write-timeout", "TIMEOUT", Formats.DURATION, "30s",
                            "Time after which a stream whose client accepts no data is closed; 0s for unlimited"),
                    option("compress", "HOW", Formats.COMPRESS, "none",
                            "Compression of streams for clients that accept it: gzip or none")),

            new OptionGroup("history", "Channels and history",
                    option("channels", "", Formats.SWITCH, "false", "Enable channels and patterns").forMostUsers(),
                    option("presence", "", Formats.SWITCH, "false",
                            "Report users who join and leave a channel to streams that request it; needs --channels"),
                    option("history", "COUNT", Formats.number(0, MAX_HISTORY), "0",
                            "Messages stored per channel for replay on reconnect, up to 1000000000; 0 disables history")
                            .forMostUsers(),
                    option("history-age", "DURATION", Formats.DURATION, null,
                            "Maximum age of stored messages; 0s for unlimited").otherwise("unlimited"),
                    option("history-size", "BYTES", Formats.bytes(1, MAX_HISTORY_SIZE, "1024TiB"), null,
                            "Maximum total size of stored messages; beyond it, the oldest are dropped")
                            .otherwise("1GB with --data-dir, else 64MB, at most a quarter of the heap"),
                    option("data-dir", "DIR", Formats.FOLDER, null,
                            "Directory of the history files, which survive restarts").otherwise("history in memory")
                            .forMostUsers(),
                    option("durability", "LEVEL", Formats.DURABILITY, null,
                            "When --data-dir acknowledges a message: synced to disk, or written to the operating system")
                            .otherwise("synced")),

            new OptionGroup("durable", "Durable streams",
                    option("durable-streams", "PATH", Formats.URL_PATH, null,
                            "URL path of durable streams, such as /v1/stream; enables them"),
                    option("durable-streams-size", "BYTES", Formats.bytes(1, MAX_HISTORY_SIZE, "1024TiB"), null,
                            "Maximum total size of durable streams; beyond it, appends are refused with 507")
                            .otherwise("64MB, at most a quarter of the heap"),
                    option("durable-streams-ttl", "DURATION", Formats.DURATION, null,
                            "TTL of a durable stream that is created without one; 0s for unlimited")
                            .otherwise("unlimited"),
                    option("long-poll-timeout", "DURATION", Formats.LIMIT, null,
                            "Maximum wait of a long-poll request for a durable stream").otherwise("20s"),
                    option("coalesce", "DURATION", Formats.UP_TO_A_SECOND, null,
                            "Maximum delay of live readers of a durable stream, so that appends are sent together")
                            .otherwise("0s")),

            new OptionGroup("clustering", "Clustering",
                    option("cluster", "URL", Formats.CLUSTER_URL, null,
                            "URL of the Redis or Valkey server shared by the cluster").forMostUsers(),
                    option("cluster-name", "NAME", Formats.CLUSTER_NAME, "tinysse",
                            "Key prefix in Redis; nodes with the same prefix form one cluster"),
                    option("cluster-timeout", "DURATION", Formats.LIMIT, "2s",
                            "Maximum time that a publish waits for Redis"),
                    option("cluster-ack", "LEVEL", Formats.CLUSTER_ACK, "engine",
                            "Acknowledgement before a 202 and before delivery: of Redis (engine), or also of one replica"),
                    option("node-name", "NAME", Formats.NODE_NAME, null,
                            "Name of this node in logs and the admin API").otherwise("generated")),

            new OptionGroup("authentication", "Authentication and authorization",
                    option("jwt-key", "FILE", Formats.KEY_FILES, null,
                            "Keys that verify tokens: PEM, JWK or JWK set, or bytes for HMAC; may be repeated")
                            .forMostUsers(),
                    option("jwt-jwks", "URL", Formats.KEY_SET, null, "URL of a key set (JWKS) that verifies tokens"),
                    option("jwt-algorithms", "LIST", Formats.ALGORITHMS, null,
                            "Accepted signature algorithms, comma-separated").otherwise("those of the keys"),
                    option("jwt-issuer", "ISSUER", Formats.CLAIM, null, "Required issuer (iss) of tokens")
                            .otherwise("any"),
                    option("jwt-audience", "AUDIENCE", Formats.CLAIM, null, "Required audience (aud) of tokens")
                            .otherwise("any"),
                    option("jwt-claim", "NAME", Formats.WORD, "tinysse", "Claim that contains the permissions"),
                    option("jwt-leeway", "DURATION", Formats.DURATION, "30s", "Permitted clock skew"),
                    option("auth-cookie", "NAME", Formats.COOKIE, null, "Cookie that may also contain the token"),
                    option("auth-query", "NAME", Formats.PARAMETER, null,
                            "Query parameter that may also contain the token; unsafe: proxies and browsers log it"),
                    option("api-keys", "FILE", Formats.FILE, null,
                            "File of API keys, with lines as tinysse api-key make prints them").forMostUsers(),
                    option("anonymous", "RIGHTS", Formats.RIGHTS, null,
                            "Permissions of unauthenticated requests, such as subscribe:news, or none")
                            .otherwise("none with keys, all without")),

            new OptionGroup("scripts", "Scripts",
                    option('s', "script", "FILE", Formats.FILE, null, "Hook script").forMostUsers(),
                    option("script-data", "DATA", Formats.ANYTHING, null,
                            "Text passed to the script's startup hook as script_data"),
                    option("script-tick", "INTERVAL", Formats.DURATION, "500ms",
                            "Interval between two calls of the tick hook; 0s disables it"),
                    option("unsafe-script", "", Formats.SWITCH, "false", "Disable the script sandbox"),
                    option("script-provider", "NAME", Formats.WORD, null, "Hook provider of the script")
                            .otherwise("by file extension, else lua"),
                    option("script-timeout", "TIMEOUT", Formats.DURATION, "5s",
                            "CPU time limit of a hook call; 0s for unlimited"),
                    option("script-memory", "BYTES", Formats.bytes(0, MAX_MEMORY, "1TiB"), "64MB",
                            "Memory limit of a hook call; 0 for unlimited"),
                    option("startup-timeout", "TIMEOUT", Formats.DURATION, "60s",
                            "CPU time limit of the script's top level and startup hook; 0s for unlimited"),
                    option("watch-script", "", Formats.SWITCH, "false", "Reload the script when its file changes")
                            .forMostUsers()),

            new OptionGroup("files", "Static files and CORS",
                    option('D', "serve-static-dir", "DIR", Formats.FOLDER, null, "Directory of static files")
                            .forMostUsers(),
                    option('U', "serve-static-path", "PATH", Formats.URL_PATH, "/", "URL path of static files"),
                    option("serve-client", "", Formats.SWITCH, "false",
                            "Serve tinysse.js, the browser client, at /tinysse.js"),
                    option("cors-allow-origin", "LIST", Formats.ORIGINS, "*",
                            "Allowed origins, comma-separated; * for any").forMostUsers(),
                    option("cors-allow-methods", "LIST", Formats.METHODS, null,
                            "Allowed methods, comma-separated; * for any")
                            .otherwise("GET, HEAD, POST; for durable streams also PUT, DELETE"),
                    option("cors-allow-headers", "LIST", Formats.HEADERS, "*",
                            "Allowed request headers, comma-separated; * for any"),
                    option("cors-allow-credentials", "", Formats.SWITCH, "false",
                            "Allow credentialed cross-origin requests; cannot be combined with *"),
                    option("cors-max-age", "DURATION", Formats.DURATION, "0s",
                            "Time for which browsers may cache preflight responses")),

            new OptionGroup("operations", "Operations",
                    CONFIG,
                    option("admin-listen", "ADDR:PORT", Formats.LISTEN, null,
                            "Address of the admin listener: admin API, metrics, console").forMostUsers(),
                    option("admin-token-file", "FILE", Formats.FILE, null,
                            "File of the admin token, at least 16 characters; required beyond loopback"),
                    option("admin-host", "NAME[:PORT]", Formats.HOSTS, null,
                            "Further host name of the admin listener, with its port behind a proxy; may be repeated"),
                    option("health-path", "PATH", Formats.URL_PATH_OR_NONE, "/healthz",
                            "URL path of the health check; empty to disable it"),
                    option('L', "log-level", "LEVEL", Formats.LOG_LEVEL, "INFO",
                            "Log level: ERROR, WARN, INFO, DEBUG or TRACE").forMostUsers(),
                    option("log-format", "FORMAT", Formats.LOG_FORMAT, "text", "Log format: text or json"),
                    option("access-log", "FILE", Formats.FILE, null,
                            "Access log file, reopened on SIGHUP; - for standard output"),
                    option("drain-timeout", "TIMEOUT", Formats.DURATION, "10s",
                            "Maximum duration of a graceful shutdown; 0s stops at once")));

    /** All of them, in the same order. */
    static final List<Option<?>> ALL = GROUPS.stream().<Option<?>>flatMap(group -> group.options().stream()).toList();

    private static final Map<String, Option<?>> BY_NAME = byName();

    private Options() {}

    /**
     * The option of a name.
     *
     * @throws IllegalArgumentException if there is none
     */
    static Option<?> named(String name) {
        return find(name).orElseThrow(() -> new IllegalArgumentException("there is no such option: name=" + name));
    }

    /** The option of a name, if there is one. */
    static Optional<Option<?>> find(String name) {
        return Optional.ofNullable(BY_NAME.get(name));
    }

    private static <T> Option<T> option(char shortName, String name, String valueName, Format<T> format,
            String defaultText, String description) {
        return new Option<>(name, Optional.of(shortName), valueName, format, Optional.ofNullable(defaultText), NONE,
                description, false);
    }

    private static <T> Option<T> option(String name, String valueName, Format<T> format, String defaultText,
            String description) {
        return new Option<>(name, Optional.empty(), valueName, format, Optional.ofNullable(defaultText), NONE,
                description, false);
    }

    private static Map<String, Option<?>> byName() {
        Map<String, Option<?>> byName = new HashMap<>();
        ALL.forEach(option -> byName.put(option.name(), option));
        return byName;
    }
}
