package dev.tinysse.server.settings;

import dev.tinysse.api.internal.ByteSizes;
import dev.tinysse.api.internal.Digits;
import dev.tinysse.api.internal.Durations;
import dev.tinysse.api.internal.Tokens;
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
import java.util.function.Predicate;

/**
 * The formats of the options.
 */
final class Formats {
    private static final String PATH = "a URL path such as /sse: a slash, then no blanks and none of ?, # and characters"
            + " outside ASCII";

    static final Format<String> ANYTHING = checked("text", "a text", text -> true);

    static final Format<String> LINE = checked("text", "a text without line breaks and NUL",
            text -> text.chars().noneMatch(c -> c == '\n' || c == '\r' || c == '\0'));

    static final Format<String> CLAIM = checked("text", "a text on one line that is not blank",
            text -> !text.isBlank() && LINE.parser().apply(text).isPresent());

    static final Format<String> WORD = checked("name", "a name", text -> !text.isBlank());

    static final Format<String> FILE = checked("file", "the name of a file", FileValues::isName);

    static final Format<String> FOLDER = checked("directory", "the name of a folder", FileValues::isName);

    static final Format<String> URL_PATH = checked("path", PATH, Formats::isUrlPath);

    static final Format<Optional<String>> URL_PATH_OR_NONE = Format.text("path", PATH + ", or empty",
            text -> text.isEmpty() || isUrlPath(text)
                    ? Optional.of(Optional.of(text).filter(path -> !path.isEmpty()))
                    : Optional.empty());

    static final Format<Boolean> SWITCH = new Format<>("switch", "true or false", Format.Shape.SWITCH,
            text -> switch (text) {
                case "true" -> Optional.of(true);
                case "false" -> Optional.of(false);
                default -> Optional.empty();
            });

    static final Format<LogLevel> LOG_LEVEL = Format.text("level", "one of ERROR, WARN, INFO, DEBUG and TRACE",
            LogLevel::of);

    static final Format<LogFormat> LOG_FORMAT = Format.choice("text, json", "text or json", LogFormat.values());

    static final Format<Durability> DURABILITY = Format.choice("synced, written", "synced or written",
            Durability.values());

    static final Format<ClusterUrl> CLUSTER_URL = Format.text("URL", "an address such as scheme://host:port",
            text -> Optional.of(new ClusterUrl(text)));

    static final Format<String> CLUSTER_NAME = checked("name", "1 to 64 of A-Z a-z 0-9 . _ : -",
            text -> text.matches("[A-Za-z0-9._:-]{1,64}"));

    static final Format<String> NODE_NAME = checked("name", "1 to 64 printable ASCII characters without blanks",
            text -> text.matches("[!-~]{1,64}"));

    static final Format<ClusterAck> CLUSTER_ACK = Format.choice("engine, replica", "engine or replica",
            ClusterAck.values());

    static final Format<List<ListenAddress>> LISTEN = new Format<>(
            "list of addresses",
            "an address with its port such as 127.0.0.1:1983, localhost:1983, [::1]:1983 or tls:0.0.0.0:8443, or a socket"
                    + " such as unix:/run/tinysse.sock",
            Format.Shape.REPEATED, ListenAddresses::parse);

    static final Format<List<Authority>> HOSTS = new Format<>(
            "list of names",
            "a host name or address, with or without a port, such as admin.example.org, admin.example.org:443, 192.0.2.7 or"
                    + " [2001:db8::7]",
            Format.Shape.REPEATED, HostNames::parse);

    static final Format<Set<PosixFilePermission>> FILE_MODE = Format.text("octal mode", "a file mode such as 0660",
            FileValues::parseMode);

    static final Format<Boolean> COMPRESS = Format.text("none, gzip", "gzip or none", text -> switch (text) {
        case "gzip" -> Optional.of(true);
        case "none" -> Optional.of(false);
        default -> Optional.empty();
    });

    static final Format<TrustedProxies> PROXIES = new Format<>(
            "list of CIDR blocks",
            "addresses or networks such as 10.0.0.0/8, 192.0.2.7 or 2001:db8::/32, or unix, with commas between them, and"
                    + " forwarded beside at least one of them",
            Format.Shape.LIST, TrustedProxies::parse);

    static final Format<List<String>> KEY_FILES = new Format<>("list of files",
            "names of files, with commas between them",
            Format.Shape.REPEATED, text -> Format.items(text, FILE.parser()));

    static final Format<URI> KEY_SET = Format.text("URL",
            "a URL such as https://login.example/jwks.json, or one with http: on"
                    + " loopback such as http://127.0.0.1:8080/jwks.json",
            AccessFormats::keySet);

    static final Format<List<String>> ALGORITHMS = new Format<>(
            "list of names", "some of " + String.join(", ", AccessFormats.ALGORITHMS) + ", with commas between them",
            Format.Shape.LIST,
            text -> Format.items(text, name -> Optional.of(name).filter(AccessFormats.ALGORITHMS::contains)));

    static final Format<String> COOKIE = checked("name", "the name of a cookie", Tokens::isToken);

    static final Format<String> PARAMETER = checked(
            "name", "the name of a query parameter, which is not one of the server's own",
            AccessFormats::isParameter);

    static final Format<Rights> RIGHTS = new Format<>(
            "list of permissions",
            "none, or rights such as publish:orders.* and subscribe:news, with commas between them", Format.Shape.LIST,
            AccessFormats::rights);

    static final Format<Duration> DURATION = Format.text(
            "duration", "a duration up to 100 years such as 500ms, 60s, 5m or 1h30m, or 0s", Durations::parse);

    static final Format<Duration> LIMIT = Format.text(
            "duration", "a duration from 1ms to 1h such as 500ms or 2s",
            text -> Durations.parse(text)
                    .filter(time -> time.isPositive() && time.compareTo(Duration.ofHours(1)) <= 0));

    static final Format<AllowList> ORIGINS = list("list of origins",
            "*, or origins as browsers send them such as https://example.org or"
                    + " http://localhost:8080, with commas between them",
            CorsNames::isOrigin);

    static final Format<AllowList> METHODS = list("list of methods", "*, or HTTP methods with commas between them",
            Tokens::isToken);

    static final Format<AllowList> HEADERS = list("list of names",
            "*, or names of HTTP headers with commas between them",
            Tokens::isToken);

    private Formats() {}

    /** Whole numbers from {@code min} to {@code max}, neither below zero. */
    static Format<Integer> number(int min, int max) {
        return Format.text("number", "a whole number from " + min + " to " + max,
                text -> Digits.parse(text).filter(n -> n >= min && n <= max).map(Long::intValue));
    }

    /** Sizes from {@code min} to {@code max} bytes. */
    static Format<Long> bytes(long min, long max, String maxText) {
        return Format.text("size",
                "a size from " + min + " bytes to " + maxText + " such as 64KB, 1.5MB, 64KiB or 65536",
                text -> ByteSizes.parse(text).filter(n -> n >= min && n <= max));
    }

    private static Format<String> checked(String type, String accepted, Predicate<String> check) {
        return Format.text(type, accepted, text -> Optional.of(text).filter(check));
    }

    private static Format<AllowList> list(String type, String accepted, Predicate<String> check) {
        return new Format<>(type, accepted, Format.Shape.LIST, text -> CorsNames.parse(text, check));
    }

    private static boolean isUrlPath(String text) {
        return text.startsWith("/") && text.chars().allMatch(c -> c > ' ' && c < 0x7f && c != '?' && c != '#');
    }
}
