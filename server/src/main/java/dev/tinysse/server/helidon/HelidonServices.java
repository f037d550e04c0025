package dev.tinysse.server.helidon;

import io.helidon.service.registry.GlobalServiceRegistry;
import io.helidon.service.registry.ServiceRegistryConfig;
import io.helidon.service.registry.ServiceRegistryManager;

/**
 * Helidon's registry of services, without any. As soon as routing asks for the mappers of parameters, Helidon would register
 * what all its modules declare, metrics and its own server included, and that is the longest step of a start. The server uses
 * none of these services; the built-in mappers stay.
 */
public final class HelidonServices {
    private HelidonServices() {}

    /** Sets the registry of the process, unless there is one. Any thread may call it, before it uses Helidon's routing. */
    public static void useNone() {
        GlobalServiceRegistry.registry(() -> ServiceRegistryManager
                .create(ServiceRegistryConfig.builder().discoverServices(false).discoverServicesFromServiceLoader(false)
                        .build())
                .registry());
    }
}
