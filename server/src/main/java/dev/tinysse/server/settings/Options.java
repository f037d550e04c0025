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
    private static final long MAX_MEMORY = 1L << 40;
    private static final int MAX_BODY = 1 << 30;
    private static final int MAX_HISTORY = 1_000_000_000;
    private static final long MAX_HISTORY_SIZE = 1L << 50;

    static final Option<String> CONFIG = option("config", "FILE", Formats.FILE, null,
            "YAML file with options; its keys are the names of the flags without the dashes");

    /** All of them, in the order of the help. */
    static final List<Option<?>> ALL = List.of(CONFIG,

            option('l', "listen", "ADDR:PORT", Formats.LISTEN, "127.0.0.1:1983",
                    "Address to listen on, port 0 for any free one; 0.0.0.0 is IPv4 only, [::] is IPv6 and IPv4. May be "
                            + "there several times, also as tls:ADDR:PORT and as unix:FILE"),
            option("listen-mode", "MODE", Formats.FILE_MODE, "0660", "File mode of a unix: socket"),
            option("tls-cert", "FILE", Formats.FILE, null,
                    "Certificate and its chain, in PEM; with it every address is TLS but those of unix:, unless one has tls: "
                            + "in front"),
            option("tls-key", "FILE", Formats.FILE, null, "The certificate's private key, in PEM"),
            option("trusted-proxies", "LIST", Formats.PROXIES, "",
                    "CIDR blocks of reverse proxies trusted to set X-Forwarded-For (unix: those on Unix sockets; forwarded: they set "
                            + "Forwarded instead)"),
            option('L', "log-level", "LEVEL", Formats.LOG_LEVEL, "INFO",
                    "What to log: ERROR, WARN, INFO, DEBUG or TRACE"),

            option("log-format", "FORMAT", Formats.LOG_FORMAT, "text", "What lines of the log look like: text or json"),
            option("access-log", "FILE", Formats.FILE, null,
                    "File for a line per request and per stream, opened again on SIGHUP; - for standard output"),

            option("admin-listen", "ADDR:PORT", Formats.LISTEN, null,
                    "Address for operators: metrics, streams, channels, a console; as listen. Beyond loopback it needs "
                            + "admin-token-file"),
            option("admin-token-file", "FILE", Formats.FILE, null,
                    "File with the token that operators send, of at least 16 characters; whitespace around it is ignored"),
            option("admin-host", "NAME[:PORT]", Formats.HOSTS, null,
                    "Name by which operators reach admin-listen, beside those of loopback and its own, with the port where it is "
                            + "another; may be repeated"),

            option('k', "keep-alive", "INTERVAL", Formats.DURATION, "60s",
                    "Silence after which a stream gets a comment; 0s for never"),
            option('K', "keep-alive-text", "TEXT", Formats.LINE, "keep-alive", "Text of that comment"),
            option('t', "timeout", "TIMEOUT", Formats.DURATION, "5m", "Age at which a stream is closed; 0s for never"),
            option('r', "timeout-retry", "RETRY", Formats.DURATION, null,
                    "How long the client of a closed stream is asked to wait before it comes back; without it 50 to "
                            + "250 ms, at random"),
            option('c', "capacity", "CAPACITY", Formats.number(1, 1 << 20), "256",
                    "Messages that a stream may be behind before it loses the oldest, 1 to 1048576"),
            option("max-subscribers", "COUNT", Formats.number(0, 10_000_000), "0",
                    "Streams at the same time, up to 10000000; 0 for no limit"),
            option("write-timeout", "TIMEOUT", Formats.DURATION, "30s",
                    "How long a stream may wait for a client that does not read; 0s for no limit"),
            option("drain-timeout", "TIMEOUT", Formats.DURATION, "10s",
                    "How long a stop may take to deliver what is left; 0s to stop at once"),
            option("compress", "HOW", Formats.COMPRESS, "none",
                    "gzip to compress streams whose clients accept that"),

            option("channels", "", Formats.SWITCH, "false", "Let publishers and subscribers name channels"),
            option("presence", "", Formats.SWITCH, "false",
                    "Tell streams that ask for it which users come to their channels and go; needs channels"),
            option("history", "COUNT", Formats.number(0, MAX_HISTORY), "0",
                    "Newest messages per channel that are kept for clients that come back, up to 1000000000; 0 for none"),
            option("history-age", "DURATION", Formats.DURATION, null,
                    "Age at which kept messages are dropped; without it, or with 0s, any age is kept"),
            option("history-size", "BYTES", Formats.bytes(1, MAX_HISTORY_SIZE, "1024TiB"), null,
                    "Maximum size of the stored messages; default: 1GB with data-dir, else 64MB or a quarter of the heap"),
            option("data-dir", "DIR", Formats.FOLDER, null,
                    "Folder for the files with kept messages, which survive a restart; without it they are in memory"),
            option("durability", "LEVEL", Formats.DURABILITY, null,
                    "What a 202 promises with data-dir: that the message survives a loss of power (synced, the default) or "
                            + "the end of the process (written)"),

            option("cluster", "URL", Formats.CLUSTER_URL, null,
                    "Address of the engine that several nodes share, so that they are one server"),
            option("cluster-name", "NAME", Formats.CLUSTER_NAME, "tinysse",
                    "What all that the cluster has in the engine begins with; nodes with the same name are one server"),
            option("cluster-timeout", "DURATION", Formats.LIMIT, "2s", "How long a publish may wait for the engine"),
            option("cluster-ack", "LEVEL", Formats.CLUSTER_ACK, "engine",
                    "Acknowledgement before a 202 and before delivery: of Redis (engine), or also of one replica"),
            option("node-name", "NAME", Formats.NODE_NAME, null,
                    "Name of this node in logs and lists; without it one that is made up"),

            option('s', "script", "FILE", Formats.FILE, null, "Hook script"),
            option("script-data", "DATA", Formats.ANYTHING, null,
                    "Text for the script's startup, there called script_data"),
            option("script-tick", "INTERVAL", Formats.DURATION, "500ms",
                    "Pause between two calls of the script's tick; 0s for no calls"),
            option("unsafe-script", "", Formats.SWITCH, "false", "Lift the sandbox of the script"),
            option("script-provider", "NAME", Formats.WORD, null,
                    "Provider of the hooks; without it the script's extension tells"),
            option("script-timeout", "TIMEOUT", Formats.DURATION, "5s",
                    "How long one call of the script may compute; 0s for no limit"),
            option("script-memory", "BYTES", Formats.bytes(0, MAX_MEMORY, "1TiB"), "64MB",
                    "How much memory one call of the script may hold; 0 for no limit"),
            option("startup-timeout", "TIMEOUT", Formats.DURATION, "60s",
                    "How long the script's top level and its startup may compute; 0s for no limit"),
            option("watch-script", "", Formats.SWITCH, "false", "Reload the script when its file changes"),

            option('P', "pub-path", "PATH", Formats.URL_PATH, "/sse", "URL path to publish at with POST"),
            option('S', "sub-path", "PATH", Formats.URL_PATH, "/sse", "URL path to subscribe at with GET"),
            option("health-path", "PATH", Formats.URL_PATH_OR_NONE, "/healthz",
                    "URL path that responds with 200 while the server is well; empty to switch it off"),
            option('m', "max-body-size", "BYTES", Formats.bytes(1, MAX_BODY, "1GiB"), "64KB",
                    "Largest body of a publish request, 1 byte to 1GiB"),
            option("head-timeout", "TIMEOUT", Formats.DURATION, "10s",
                    "How long a client may take to send the request head; 0s for no limit"),
            option("body-timeout", "TIMEOUT", Formats.DURATION, "30s",
                    "How long a client may take to send the body of a request; 0s for no limit"),

            option("jwt-key", "FILE", Formats.KEY_FILES, null,
                    "Keys that tokens are signed with: PEM, JWK, or bytes for HMAC; may be there several times"),
            option("jwt-jwks", "URL", Formats.KEY_SET, null, "Key set to fetch that tokens are signed with"),
            option("jwt-algorithms", "LIST", Formats.ALGORITHMS, null,
                    "Algorithms of tokens, with commas between them; without it those that the keys allow"),
            option("jwt-issuer", "ISSUER", Formats.CLAIM, null, "Issuer that tokens must have"),
            option("jwt-audience", "AUDIENCE", Formats.CLAIM, null, "Audience that tokens must have"),
            option("jwt-claim", "NAME", Formats.WORD, "tinysse", "Claim of tokens with the rights"),
            option("jwt-leeway", "DURATION", Formats.DURATION, "30s", "How much clocks may differ"),
            option("auth-cookie", "NAME", Formats.COOKIE, null, "Take the token from this cookie, too"),
            option("auth-query", "NAME", Formats.PARAMETER, null,
                    "Take the token from this query parameter, too; it then gets into the logs of proxies and browsers"),
            option("api-keys", "FILE", Formats.FILE, null, "Keys of applications, as tinysse api-key make writes them"),
            option("anonymous", "RIGHTS", Formats.RIGHTS, null,
                    "What one without a token may: none, the default where there are keys, or rights such as "
                            + "subscribe:news with commas between them"),

            option('D', "serve-static-dir", "DIR", Formats.FOLDER, null, "Folder with files to serve"),
            option('U', "serve-static-path", "PATH", Formats.URL_PATH, "/", "URL path to serve them under"),
            option("serve-client", "", Formats.SWITCH, "false",
                    "Serve tinysse.js, the client for browsers, at /tinysse.js"),

            option("cors-allow-origin", "LIST", Formats.ORIGINS, "*",
                    "Origins whose pages may call, with commas between them; * for any"),
            option("cors-allow-methods", "LIST", Formats.METHODS, "GET, HEAD, POST",
                    "Methods they may use, with commas between them; * for any"),
            option("cors-allow-headers", "LIST", Formats.HEADERS, "*",
                    "Request headers they may send, with commas between them; * for any"),
            option("cors-allow-credentials", "", Formats.SWITCH, "false",
                    "Let them send cookies and the like; not together with any *"),
            option("cors-max-age", "DURATION", Formats.DURATION, "0s", "How long a browser may remember these rules"));

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
        return new Option<>(name, Optional.of(shortName), valueName, format, Optional.ofNullable(defaultText),
                description);
    }

    private static <T> Option<T> option(String name, String valueName, Format<T> format, String defaultText,
            String description) {
        return new Option<>(name, Optional.empty(), valueName, format, Optional.ofNullable(defaultText), description);
    }

    private static Map<String, Option<?>> byName() {
        Map<String, Option<?>> byName = new HashMap<>();
        ALL.forEach(option -> byName.put(option.name(), option));
        return byName;
    }
}
