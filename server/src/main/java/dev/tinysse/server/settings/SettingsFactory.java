package dev.tinysse.server.settings;

import static dev.tinysse.server.settings.Options.*;

import dev.tinysse.server.settings.Settings.Cors;
import dev.tinysse.server.settings.Settings.Http;
import dev.tinysse.server.settings.Settings.Scripting;
import dev.tinysse.server.settings.Settings.ServeStatic;
import dev.tinysse.server.settings.Settings.Streams;
import java.util.List;

/**
 * Makes settings of what was given, and checks what no option can check alone.
 */
final class SettingsFactory {
    private final Values values;

    private SettingsFactory(Values values) {
        this.values = values;
    }

    static Settings settings(Values values) throws UsageException {
        SettingsFactory factory = new SettingsFactory(values);
        return new Settings(values.get(LISTEN), values.get(LOG_LEVEL), factory.http(), factory.streams(),
                new ServeStatic(values.find(SERVE_STATIC_DIR), values.get(SERVE_STATIC_PATH)), factory.cors(),
                factory.scripting());
    }

    private Http http() throws UsageException {
        Http http = new Http(values.get(PUB_PATH), values.get(SUB_PATH), values.get(HEALTH_PATH),
                values.get(MAX_BODY_SIZE).intValue(), values.get(HEAD_TIMEOUT), values.get(BODY_TIMEOUT));
        if (http.healthPath().filter(path -> path.equals(http.pubPath()) || path.equals(http.subPath())).isPresent()) {
            throw contradiction(HEALTH_PATH, "must differ from pub-path and sub-path");
        }
        return http;
    }

    private Streams streams() throws UsageException {
        return new Streams(values.get(KEEP_ALIVE), values.get(KEEP_ALIVE_TEXT), values.get(TIMEOUT),
                values.get(TIMEOUT_RETRY), values.get(WRITE_TIMEOUT), values.get(DRAIN_TIMEOUT), values.get(CAPACITY),
                values.get(MAX_SUBSCRIBERS));
    }

    private Cors cors() throws UsageException {
        Cors cors = new Cors(values.get(CORS_ALLOW_ORIGIN), values.get(CORS_ALLOW_METHODS),
                values.get(CORS_ALLOW_HEADERS), values.get(CORS_ALLOW_CREDENTIALS), values.get(CORS_MAX_AGE));
        for (Option<AllowList> list : List.of(CORS_ALLOW_ORIGIN, CORS_ALLOW_METHODS, CORS_ALLOW_HEADERS)) {
            if (cors.allowCredentials() && values.get(list).any()) {
                throw contradiction(CORS_ALLOW_CREDENTIALS,
                        "needs lists instead of *, and there is " + list.name() + "=*");
            }
        }
        return cors;
    }

    private Scripting scripting() throws UsageException {
        return new Scripting(values.find(SCRIPT), values.find(SCRIPT_PROVIDER), values.find(SCRIPT_DATA),
                values.get(SCRIPT_TICK), values.get(SCRIPT_TIMEOUT), values.get(SCRIPT_MEMORY),
                values.get(STARTUP_TIMEOUT), values.get(UNSAFE_SCRIPT), values.get(WATCH_SCRIPT));
    }

    private UsageException contradiction(Option<?> option, String rule) {
        Given given = values.given(option).orElseThrow();
        return new UsageException("%s %s: %s (from %s)".formatted(option.name(), rule, option.assignment(given.text()),
                given.origin()));
    }
}
