package dev.tinysse.server.settings;

import dev.tinysse.server.settings.Settings.Access;
import dev.tinysse.server.settings.Settings.Admin;
import dev.tinysse.server.settings.Settings.Cluster;
import dev.tinysse.server.settings.Settings.Cors;
import dev.tinysse.server.settings.Settings.History;
import dev.tinysse.server.settings.Settings.Http;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Makes settings of raw values, and checks what no option can check alone.
 */
final class SettingsFactory {
    private final Values values;

    private SettingsFactory(Values values) {
        this.values = values;
    }

    static Settings settings(Values values) throws UsageException {
        Settings settings = new SettingsBinder(values).settings();
        SettingsFactory factory = new SettingsFactory(values);
        factory.check(settings.http());
        factory.check(settings.cors());
        factory.check(settings.history());
        factory.check(settings.cluster(), settings.history());
        factory.checkPaths(settings);
        factory.checkClientPath(settings.http());
        factory.checkDurableStreams(settings);
        factory.checkTls(settings);
        factory.check(settings.admin());
        factory.check(settings.access());
        return settings;
    }

    private void check(Http http) throws UsageException {
        if (http.healthPath().filter(path -> path.equals(http.pubPath()) || path.equals(http.subPath())).isPresent()) {
            throw contradiction("health-path", "must differ from pub-path and sub-path");
        }
        if (http.presence() && !http.channels()) {
            throw contradiction("presence", "needs channels, and there is channels=false");
        }
    }

    private void check(Cors cors) throws UsageException {
        Map<String, AllowList> lists = Map.of("origin", cors.allowOrigin(), "methods",
                cors.allowMethods().orElse(AllowList.of(List.of())), "headers", cors.allowHeaders());
        for (String list : new String[]{"origin", "methods", "headers"}) {
            if (cors.allowCredentials() && lists.get(list).any()) {
                throw contradiction("cors-allow-credentials",
                        "needs lists instead of *, and there is cors-allow-" + list + "=*");
            }
        }
    }

    private void check(History history) throws UsageException {
        for (String name : new String[]{"history-age", "history-size", "data-dir", "durability"}) {
            if (!history.isEnabled() && isSet(name)) {
                throw contradiction(name, "needs a history, and there is history=0");
            }
        }
        if (history.durability().isPresent() && history.dataDir().isEmpty()) {
            throw contradiction("durability", "needs a data-dir, and there is none");
        }
    }

    private void check(Access access) throws UsageException {
        for (String name : new String[]{"jwt-algorithms", "jwt-issuer", "jwt-audience"}) {
            if (!access.hasTokens() && isSet(name)) {
                throw contradiction(name, "needs a jwt-key or jwt-jwks, and there is none");
            }
        }
        for (String name : new String[]{"auth-cookie", "auth-query"}) {
            if (!access.hasKeys() && isSet(name)) {
                throw contradiction(name, "needs a jwt-key, jwt-jwks or api-keys, and there is none");
            }
        }
        List<String> algorithms = access.jwtAlgorithms().orElse(List.of());
        if (algorithms.stream().map(AccessFormats::isHmac).distinct().count() > 1) {
            throw contradiction("jwt-algorithms", "must not have HMAC together with algorithms of public keys");
        }
    }

    private void check(Cluster cluster, History history) throws UsageException {
        if (cluster.cluster().isEmpty()) {
            return;
        }
        if (history.dataDir().isPresent()) {
            throw contradiction("data-dir", "is not possible with cluster, because the backend stores the history");
        }
        Optional<String> rule = ClusterAddresses.diagnose(cluster.cluster().get().text());
        if (rule.isPresent()) {
            throw contradiction("cluster", rule.get());
        }
    }

    /** With a path of / the first segment of every path is a channel, and could not be a file. */
    private void checkPaths(Settings settings) throws UsageException {
        Http http = settings.http();
        boolean everywhere = http.pubPath().equals("/") || http.subPath().equals("/");
        if (http.channels() && everywhere && settings.serveStatic().dir().isPresent()) {
            throw contradiction("serve-static-dir",
                    "is not possible with channels and %s=/"
                            .formatted(http.pubPath().equals("/") ? "pub-path" : "sub-path"));
        }
    }

    /** The client has a path of its own, which no channel may have either. */
    private void checkClientPath(Http http) throws UsageException {
        if (!http.serveClient()) {
            return;
        }
        for (Map.Entry<String, String> path : Map
                .of("pub-path", http.pubPath(), "sub-path", http.subPath(), "health-path",
                        http.healthPath().orElse(""))
                .entrySet()) {
            boolean isFolder = http.channels() && path.getValue().equals("/");
            if (isFolder || path.getValue().equals(Http.CLIENT_PATH)) {
                throw contradiction("serve-client", "is not possible with %s%s=%s".formatted(
                        isFolder ? "channels and " : "", path.getKey(), path.getValue()));
            }
        }
    }

    private void checkDurableStreams(Settings settings) throws UsageException {
        Optional<String> path = settings.durableStreams().path();
        if (path.isEmpty()) {
            for (String name : new String[]{"durable-streams-size", "durable-streams-ttl", "long-poll-timeout",
                    "coalesce"}) {
                if (isSet(name)) {
                    throw contradiction(name, "needs durable-streams, and there is none");
                }
            }
            if (settings.access().anonymous().stream().anyMatch(rights -> !rights.streams().isEmpty())) {
                throw contradiction("anonymous", "needs durable-streams for read, write and close, and there is none");
            }
            return;
        }
        Http http = settings.http();
        Map<String, String> paths = new LinkedHashMap<>();
        paths.put("pub-path", http.pubPath());
        paths.put("sub-path", http.subPath());
        http.healthPath().ifPresent(health -> paths.put("health-path", health));
        if (http.serveClient()) {
            paths.put("serve-client", Http.CLIENT_PATH);
        }
        if (settings.serveStatic().dir().isPresent() && !settings.serveStatic().path().equals("/")) {
            paths.put("serve-static-path", settings.serveStatic().path());
        }
        for (Map.Entry<String, String> other : paths.entrySet()) {
            boolean hasChannels = http.channels() && other.getKey().matches("[ps]ub-path");
            if (isBelow(other.getValue(), path.get())
                    || hasChannels && isBelow(path.get(), other.getValue().replaceFirst("/+$", ""))) {
                throw contradiction("durable-streams",
                        "must not contain the path of %s: %s=%s".formatted(other.getKey(), other.getKey(),
                                other.getValue()));
            }
        }
    }

    private static boolean isBelow(String path, String folder) {
        return path.equals(folder) || path.startsWith(folder + "/");
    }

    private void checkTls(Settings settings) throws UsageException {
        if (settings.tls().cert().isPresent() != settings.tls().key().isPresent()) {
            throw settings.tls().cert().isPresent()
                    ? contradiction("tls-cert", "needs its tls-key, and there is none")
                    : contradiction("tls-key", "needs its tls-cert, and there is none");
        }
        boolean toOperators = settings.admin().listen().orElse(List.of()).stream().anyMatch(ListenAddress::isMarkedTls);
        if (toOperators && settings.tls().cert().isEmpty()) {
            throw contradiction("admin-listen",
                    "needs tls-cert and tls-key for an address with tls:, and there are none");
        }
        boolean used = toOperators || settings.listen().stream().anyMatch(settings::isTls);
        if (used && settings.tls().cert().isEmpty()) {
            throw contradiction("listen", "needs tls-cert and tls-key for an address with tls:, and there are none");
        }
        boolean usedByAdmin = settings.admin().listen().stream().flatMap(List::stream)
                .anyMatch(address -> address instanceof ListenAddress.Tcp tcp && tcp.tls());
        if (usedByAdmin && settings.tls().cert().isEmpty()) {
            throw contradiction("admin-listen",
                    "needs tls-cert and tls-key for an address with tls:, and there are none");
        }
        if (!used && !usedByAdmin && settings.tls().cert().isPresent()) {
            throw contradiction("tls-cert", "needs an address to listen on that is no unix: socket");
        }
    }

    private void check(Admin admin) throws UsageException {
        for (String name : new String[]{"admin-token-file", "admin-host"}) {
            if (admin.listen().isEmpty() && isSet(name)) {
                throw contradiction(name, "needs admin-listen, and there is none");
            }
        }
        if (admin.tokenFile().isEmpty()
                && admin.listen().stream().flatMap(List::stream).anyMatch(SettingsFactory::isBeyondLoopback)) {
            throw contradiction("admin-listen", "beyond loopback needs admin-token-file, and there is none");
        }
    }

    private static boolean isBeyondLoopback(ListenAddress address) {
        return switch (address) {
            case ListenAddress.Unix _ -> false;
            case ListenAddress.Tcp tcp -> {
                try {
                    yield !InetAddress.getByName(tcp.host()).isLoopbackAddress();
                } catch (UnknownHostException e) {
                    yield true;
                }
            }
        };
    }

    private boolean isSet(String name) {
        return values.raw(Options.named(name)).isPresent();
    }

    private UsageException contradiction(String name, String rule) {
        Option<?> option = Options.named(name);
        RawValue raw = values.raw(option).orElseThrow();
        String shown = option.format() == Formats.CLUSTER_URL ? new ClusterUrl(raw.text()).toString() : raw.text();
        return new UsageException("%s %s: %s (from %s)".formatted(name, rule, option.assignment(shown),
                raw.origin()));
    }
}
