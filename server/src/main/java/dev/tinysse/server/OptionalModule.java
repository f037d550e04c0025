package dev.tinysse.server;

import dev.tinysse.server.component.StartException;
import java.util.ServiceLoader;

/** A module that is loaded only where an option needs it, and that an image need not have. */
enum OptionalModule {
    ACCESS("dev.tinysse.access", "--jwt-key, --jwt-secret, --jwt-jwks, --api-keys and --anonymous"), ADMIN(
            "dev.tinysse.admin", "--admin-listen");

    private final String module;
    private final String options;

    OptionalModule(String module, String options) {
        this.module = module;
        this.options = options;
    }

    /**
     * Loads the module.
     *
     * @throws StartException if it is not there
     */
    <P> P find(Class<P> service) throws StartException {
        return ServiceLoader.load(service).findFirst().orElseThrow(() -> new StartException(
                "the module %s is missing: use an image with it, or start the server without %s".formatted(module,
                        options)));
    }
}
