package dev.tinysse.server.settings;

import dev.tinysse.server.logging.LogLevel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * Every option, declared once: flags, variables, keys, help and documentation follow from this table.
 */
final class Options {
    private static final long MAX_MEMORY = 1L << 40;
    private static final int MAX_BODY = 1 << 30;

    private static final List<Option<?>> TABLE = new ArrayList<>();

    static final Option<String> CONFIG = add("config", "FILE", Formats.FILE, null,
            "YAML file with options; its keys are the names of the flags without the dashes");

    static final Option<ListenAddress> LISTEN = add('l', "listen", "ADDR:PORT", Formats.LISTEN, "127.0.0.1:1983",
            "Address to listen on, with port 0 for any free one");
    static final Option<LogLevel> LOG_LEVEL = add('L', "log-level", "LEVEL", Formats.LOG_LEVEL, "INFO",
            "What to log: ERROR, WARN, INFO, DEBUG or TRACE");

    static final Option<Duration> KEEP_ALIVE = add('k', "keep-alive", "INTERVAL", Formats.DURATION, "60s",
            "Silence after which a stream gets a comment; 0s for never");
    static final Option<String> KEEP_ALIVE_TEXT = add('K', "keep-alive-text", "TEXT", Formats.LINE, "keep-alive",
            "Text of that comment");
    static final Option<Duration> TIMEOUT = add('t', "timeout", "TIMEOUT", Formats.DURATION, "5m",
            "Age at which a stream is closed; 0s for never");
    static final Option<Duration> TIMEOUT_RETRY = add('r', "timeout-retry", "RETRY", Formats.DURATION, "0s",
            "How long the client of a closed stream is asked to wait before it comes back");
    static final Option<Integer> CAPACITY = add('c', "capacity", "CAPACITY", Formats.number(1, 1 << 20), "256",
            "Messages that a stream may be behind before it loses the oldest, 1 to 1048576");
    static final Option<Integer> MAX_SUBSCRIBERS = add("max-subscribers", "COUNT", Formats.number(0, 10_000_000), "0",
            "Streams at the same time, up to 10000000; 0 for no limit");
    static final Option<Duration> WRITE_TIMEOUT = add("write-timeout", "TIMEOUT", Formats.DURATION, "30s",
            "How long a stream may wait for a client that does not read; 0s for ever");
    static final Option<Duration> DRAIN_TIMEOUT = add("drain-timeout", "TIMEOUT", Formats.DURATION, "10s",
            "How long a stop may take to deliver what is left; 0s to stop at once");

    static final Option<String> SCRIPT = add('s', "script", "FILE", Formats.FILE, null, "Hook script");
    static final Option<String> SCRIPT_DATA = add("script-data", "DATA", Formats.ANYTHING, null,
            "Text for the script's startup, there called script_data");
    static final Option<Duration> SCRIPT_TICK = add("script-tick", "INTERVAL", Formats.DURATION, "500ms",
            "Pause between two calls of the script's tick; 0s for no calls");
    static final Option<Boolean> UNSAFE_SCRIPT = add("unsafe-script", "", Formats.SWITCH, "false",
            "Lift the sandbox of the script");
    static final Option<String> SCRIPT_PROVIDER = add("script-provider", "NAME", Formats.WORD, null,
            "Provider of the hooks; without it the script's extension tells");
    static final Option<Duration> SCRIPT_TIMEOUT = add("script-timeout", "TIMEOUT", Formats.DURATION, "5s",
            "How long one call of the script may compute; 0s for ever");
    static final Option<Long> SCRIPT_MEMORY = add("script-memory", "BYTES", Formats.bytes(0, MAX_MEMORY, "1TiB"),
            "64MB", "How much memory one call of the script may take; 0 for no limit");
    static final Option<Duration> STARTUP_TIMEOUT = add("startup-timeout", "TIMEOUT", Formats.DURATION, "60s",
            "How long the script's top level and its startup may compute; 0s for ever");
    static final Option<Boolean> WATCH_SCRIPT = add("watch-script", "", Formats.SWITCH, "false",
            "Load the script anew when its file changes");

    static final Option<String> PUB_PATH = add('P', "pub-path", "PATH", Formats.URL_PATH, "/sse",
            "URL path to publish at with POST");
    static final Option<String> SUB_PATH = add('S', "sub-path", "PATH", Formats.URL_PATH, "/sse",
            "URL path to subscribe at with GET");
    static final Option<Optional<String>> HEALTH_PATH = add("health-path", "PATH", Formats.URL_PATH_OR_NONE, "/healthz",
            "URL path that answers 200 while the server is well; empty to switch it off");
    static final Option<Long> MAX_BODY_SIZE = add('m', "max-body-size", "BYTES", Formats.bytes(1, MAX_BODY, "1GiB"),
            "64KB", "Largest body of a publish request, 1 byte to 1GiB");
    static final Option<Duration> HEAD_TIMEOUT = add("head-timeout", "TIMEOUT", Formats.DURATION, "10s",
            "How long a client may take to send the head of a request; 0s for ever");
    static final Option<Duration> BODY_TIMEOUT = add("body-timeout", "TIMEOUT", Formats.DURATION, "30s",
            "How long a client may take to send the body of a request; 0s for ever");

    static final Option<String> SERVE_STATIC_DIR = add('D', "serve-static-dir", "DIR", Formats.FOLDER, null,
            "Folder with files to serve");
    static final Option<String> SERVE_STATIC_PATH = add('U', "serve-static-path", "PATH", Formats.URL_PATH, "/",
            "URL path to serve them under");

    static final Option<AllowList> CORS_ALLOW_ORIGIN = add("cors-allow-origin", "LIST", Formats.ORIGINS, "*",
            "Origins whose pages may call, with commas between them; * for any");
    static final Option<AllowList> CORS_ALLOW_METHODS = add("cors-allow-methods", "LIST", Formats.METHODS,
            "GET, HEAD, POST", "Methods they may use, with commas between them; * for any");
    static final Option<AllowList> CORS_ALLOW_HEADERS = add("cors-allow-headers", "LIST", Formats.HEADERS, "*",
            "Request headers they may send, with commas between them; * for any");
    static final Option<Boolean> CORS_ALLOW_CREDENTIALS = add("cors-allow-credentials", "", Formats.SWITCH, "false",
            "Let them send cookies and the like; not together with any *");
    static final Option<Duration> CORS_MAX_AGE = add("cors-max-age", "DURATION", Formats.DURATION, "0s",
            "How long a browser may remember these rules");

    /** All of them, in the order of the help. */
    static final List<Option<?>> ALL = Collections.unmodifiableList(TABLE);

    private Options() {}

    private static <T> Option<T> add(char letter, String name, String label, Format<T> format, String fallback,
            String meaning) {
        return add(new Option<>(name, Optional.of(letter), label, format, Optional.ofNullable(fallback), meaning));
    }

    private static <T> Option<T> add(String name, String label, Format<T> format, String fallback, String meaning) {
        return add(new Option<>(name, Optional.empty(), label, format, Optional.ofNullable(fallback), meaning));
    }

    private static <T> Option<T> add(Option<T> option) {
        TABLE.add(option);
        return option;
    }
}
