package dev.tinysse.access;

import com.nimbusds.jose.JWSAlgorithm;
import dev.tinysse.access.keys.KeyFile;
import dev.tinysse.access.keys.KeyRing;
import dev.tinysse.access.keys.RemoteKeys;
import dev.tinysse.access.keys.VerificationKey;
import dev.tinysse.access.token.TokenRules;
import dev.tinysse.access.token.TokenVerifier;
import dev.tinysse.server.access.Access;
import dev.tinysse.server.pem.PemException;
import dev.tinysse.server.rights.Rights;
import dev.tinysse.server.settings.AllowList;
import dev.tinysse.server.settings.Settings;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Opens access as it is configured, and keeps its keys as their files and the key set are.
 */
final class AccessKeys {
    private static final Logger LOG = System.getLogger("tinysse");
    /** Between two looks at the files. */
    static final Duration PAUSE = Duration.ofSeconds(2);

    private final List<WatchedFile> files = new ArrayList<>();
    private final Optional<RemoteKeys> remote;
    private final Authenticator access;

    /**
     * Reads the keys, and begins to fetch the key set.
     *
     * @param settings what is configured
     * @param origins that may call
     * @throws PemException if a file cannot be used
     */
    AccessKeys(Settings.Access settings, AllowList origins) throws PemException {
        Optional<Set<JWSAlgorithm>> algorithms = settings.jwtAlgorithms()
                .map(names -> names.stream().map(JWSAlgorithm::parse).collect(Collectors.toUnmodifiableSet()));
        KeyRing ring = new KeyRing(key -> algorithms.isEmpty()
                || key.algorithms().stream().anyMatch(algorithms.get()::contains));
        remote = settings.jwtJwks().map(address -> new RemoteKeys(address, ring));
        for (String file : settings.jwtKey().orElse(List.of())) {
            files.add(new WatchedFile("jwt-key", Path.of(file), bytes -> {
                List<VerificationKey> keys = KeyFile.publicKeys(bytes);
                ring.replaceOfFile(file, keys);
                warnOfSecrets(file, keys);
            }));
        }
        for (String file : settings.jwtSecret().orElse(List.of())) {
            files.add(new WatchedFile("jwt-secret", Path.of(file),
                    bytes -> ring.replace("--jwt-secret " + file, KeyFile.secrets(bytes))));
        }
        Optional<TokenVerifier> tokens = settings.hasTokens()
                ? Optional.of(new TokenVerifier(new TokenRules(algorithms, settings.jwtIssuer(),
                        settings.jwtAudience(), settings.jwtClaim(), settings.jwtLeeway()), ring, remote,
                        InstantSource.system()))
                : Optional.empty();
        access = new Authenticator(new Credentials(settings.authCookie(), settings.authQuery(),
                settings.apiKeys().isPresent()), tokens, new Origins(Set.copyOf(origins.names())),
                settings.anonymous().orElse(Rights.NONE));
        settings.apiKeys().ifPresent(file -> files.add(new WatchedFile("api-keys", Path.of(file),
                bytes -> access.replace(ApiKeys.read(bytes)))));
        for (WatchedFile file : files) {
            file.load();
        }
        if (settings.hasTokens() && remote.isEmpty() && ring.current().keys().isEmpty()) {
            throw new PemException(
                    "no key of --jwt-key or --jwt-secret is for an algorithm of --jwt-algorithms %s".formatted(
                            String.join(",", settings.jwtAlgorithms().orElse(List.of()))));
        }
        remote.ifPresent(RemoteKeys::fetchIfDue);
    }

    private static void warnOfSecrets(String file, List<VerificationKey> keys) {
        if (keys.stream().anyMatch(VerificationKey::isSecret)) {
            LOG.log(Level.WARNING,
                    "--jwt-key %1$s has an HMAC secret, which the next release rejects: set --jwt-secret %1$s"
                            .formatted(file));
        }
    }

    /** {@return the authentication and authorization of requests} */
    Access access() {
        return access;
    }

    /** Reads files again that have changed, and fetches the key set if it is due. For one thread at a time. */
    void look() {
        files.forEach(WatchedFile::look);
        remote.ifPresent(RemoteKeys::fetchIfDue);
    }
}
