package dev.tinysse.server.settings;

import dev.tinysse.broker.log.EventLogProvider;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.TreeMap;

/** Addresses of backends that nodes share, as far as they can be checked without a connection. Pure functions. */
final class ClusterAddresses {
    private ClusterAddresses() {}

    /** The error in an address, to follow its option's name; nothing if it is valid. Has no part of a login. */
    static Optional<String> diagnose(String text) {
        TreeMap<String, EventLogProvider> providers = new TreeMap<>();
        ServiceLoader.load(EventLogProvider.class)
                .forEach(provider -> provider.schemes().forEach(scheme -> providers.put(scheme, provider)));
        providers.remove("file");
        URI address;
        try {
            address = new URI(text);
        } catch (URISyntaxException e) {
            return Optional.of("must be an address: " + e.getReason());
        }
        EventLogProvider provider = providers.get(String.valueOf(address.getScheme()));
        if (provider == null) {
            return Optional.of("must begin with one of "
                    + String.join(", ",
                            List.copyOf(providers.keySet()).stream().map(scheme -> scheme + "://").toList()));
        }
        try {
            provider.check(address);
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.of(e.getMessage());
        }
    }
}
