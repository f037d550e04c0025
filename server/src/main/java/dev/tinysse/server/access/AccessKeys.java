package dev.tinysse.server.access;

import com.nimbusds.jose.JWSAlgorithm;
import dev.tinysse.server.access.keys.KeyFile;
import dev.tinysse.server.access.keys.KeyRing;
import dev.tinysse.server.access.keys.RemoteKeys;
import dev.tinysse.server.access.token.TokenRules;
import dev.tinysse.server.access.token.TokenVerifier;
import dev.tinysse.server.loop.ServiceLoop;
import dev.tinysse.server.pem.PemException;
import dev.tinysse.server.rights.Rights;
import dev.tinysse.server.settings.AllowList;
import dev.tinysse.server.settings.Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Opens access as it is configured, and keeps its keys as their files and the key set are. Any thread may close it.
 */
public final class AccessKeys implements AutoCloseable {
    /** Between two looks at the files. */
    private static final Duration PAUSE = Duration.ofSeconds(2);

    private final List<WatchedFile> files = new ArrayList<>();
    private final Optional<RemoteKeys> remote;
    private final Access access;
    private final Thread watcher = Thread.ofVirtual().name("tinysse-keys").unstarted(this::watch);
    private volatile boolean closed;

    private AccessKeys(Settings.Access settings, AllowList origins, boolean streams) throws PemException {
        Optional<Set<JWSAlgorithm>> algorithms = settings.jwtAlgorithms()
                .map(names -> names.stream().map(JWSAlgorithm::parse).collect(Collectors.toUnmodifiableSet()));
        KeyRing ring = new KeyRing(key -> algorithms.isEmpty()
                || key.algorithms().stream().anyMatch(algorithms.get()::contains));
        remote = settings.jwtJwks().map(address -> new RemoteKeys(address, ring));
        for (String file : settings.jwtKey().orElse(List.of())) {
            files.add(new WatchedFile("jwt-key", Path.of(file),
                    bytes -> ring.replaceOfFile(file, KeyFile.read(bytes, KeyFile.Private.REFUSED))));
        }
        Optional<TokenVerifier> tokens = settings.hasTokens()
                ? Optional.of(new TokenVerifier(new TokenRules(algorithms, settings.jwtIssuer(),
                        settings.jwtAudience(), settings.jwtClaim(), settings.jwtLeeway()), ring, remote,
                        InstantSource.system()))
                : Optional.empty();
        access = new Access(new Credentials(settings.authCookie(), settings.authQuery(),
                settings.apiKeys().isPresent()), tokens, new Origins(Set.copyOf(origins.names())),
                settings.anonymous().orElse(Rights.NONE));
        settings.apiKeys().ifPresent(file -> files.add(new WatchedFile("api-keys", Path.of(file),
                bytes -> access.replace(ApiKeys.read(bytes, streams)))));
        for (WatchedFile file : files) {
            file.load();
        }
        if (!files.isEmpty() && remote.isEmpty() && settings.jwtKey().isPresent() && ring.current().keys().isEmpty()) {
            throw new PemException("no key of --jwt-key is for an algorithm of --jwt-algorithms %s".formatted(
                    String.join(",", settings.jwtAlgorithms().orElse(List.of()))));
        }
    }

    /**
     * Reads the keys, and begins to fetch the key set.
     *
     * @param settings what is configured
     * @param origins that may call
     * @param streams whether there are durable streams
     * @return to be closed at the end of the server
     * @throws PemException if a file cannot be used; the text is for the log
     */
    public static AccessKeys open(Settings.Access settings, AllowList origins, boolean streams) throws PemException {
        AccessKeys keys = new AccessKeys(settings, origins, streams);
        keys.remote.ifPresent(RemoteKeys::fetchIfDue);
        keys.watcher.start();
        return keys;
    }

    /** {@return the authentication and authorization of requests} */
    public Access access() {
        return access;
    }

    private void watch() {
        ServiceLoop.run("keys", () -> !closed, () -> {
            Thread.sleep(PAUSE);
            files.forEach(WatchedFile::look);
            remote.ifPresent(RemoteKeys::fetchIfDue);
        });
    }

    @Override
    public void close() {
        closed = true;
        watcher.interrupt();
    }
}
