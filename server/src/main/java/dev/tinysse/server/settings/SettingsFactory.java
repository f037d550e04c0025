package dev.tinysse.server.settings;

import dev.tinysse.cli.UsageException;
import dev.tinysse.server.settings.Settings.Access;
import dev.tinysse.server.settings.Settings.Admin;
import dev.tinysse.server.settings.Settings.Cluster;
import dev.tinysse.server.settings.Settings.Cors;
import dev.tinysse.server.settings.Settings.History;
import dev.tinysse.server.settings.Settings.Http;
import java.net.InetAddress;
import java.net.UnknownHostException;
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
        Map<String, AllowList> lists = Map.of("origin", cors.allowOrigin(), "methods", cors.allowMethods(), "headers",
                cors.allowHeaders());
        for (String list : new String[]{"origin", "methods", "headers"}) {
            if (cors.allowCredentials() && lists.get(list).any()) {
                throw contradiction("cors-allow-credentials",
                        "needs lists instead of *, and there is cors-allow-" + list + "=*");
            }
        }
    }

    private void check(History history) throws UsageException {
        require(history.isEnabled(), "needs a history, and there is history=0", "history-age", "history-size",
                "data-dir", "durability");
        require(history.dataDir().isPresent(), "needs a data-dir, and there is none", "durability");
    }

    private void check(Access access) throws UsageException {
        require(access.hasTokens(), "needs a jwt-key, jwt-secret or jwt-jwks, and there is none", "jwt-algorithms",
                "jwt-issuer", "jwt-audience");
        require(access.hasKeys(), "needs a jwt-key, jwt-secret, jwt-jwks or api-keys, and there is none",
                "auth-cookie", "auth-query");
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

    private void checkTls(Settings settings) throws UsageException {
        require(settings.tls().key().isPresent(), "needs its tls-key, and there is none", "tls-cert");
        require(settings.tls().cert().isPresent(), "needs its tls-cert, and there is none", "tls-key");
        boolean toOperators = settings.admin().listen().orElse(List.of()).stream().anyMatch(ListenAddress::isMarkedTls);
        if (toOperators && settings.tls().cert().isEmpty()) {
            throw contradiction("admin-listen",
                    "needs tls-cert and tls-key for an address with tls:, and there are none");
        }
        boolean used = toOperators || settings.listen().stream().anyMatch(settings::isTls);
        if (used && settings.tls().cert().isEmpty()) {
            throw contradiction("listen", "needs tls-cert and tls-key for an address with tls:, and there are none");
        }
        if (!used && settings.tls().cert().isPresent()) {
            throw contradiction("tls-cert", "needs an address to listen on that is no unix: socket");
        }
    }

    private void check(Admin admin) throws UsageException {
        require(admin.listen().isPresent(), "needs admin-listen, and there is none", "admin-token-file", "admin-host");
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

    /** Without what they need, none of these options may be set. */
    private void require(boolean met, String need, String... names) throws UsageException {
        for (String name : names) {
            if (!met && values.raw(Options.named(name)).isPresent()) {
                throw contradiction(name, need);
            }
        }
    }

    private UsageException contradiction(String name, String rule) {
        Option<?> option = Options.named(name);
        RawValue raw = values.raw(option).orElseThrow();
        String shown = option.format() == Formats.CLUSTER_URL ? new ClusterUrl(raw.text()).toString() : raw.text();
        return new UsageException("%s %s: %s (from %s)".formatted(name, rule, option.assignment(shown),
                raw.origin()));
    }
}
