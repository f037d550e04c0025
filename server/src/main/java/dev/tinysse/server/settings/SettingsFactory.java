package dev.tinysse.server.settings;

import dev.tinysse.server.settings.Settings.Cors;
import dev.tinysse.server.settings.Settings.Http;
import java.util.Map;

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
        return settings;
    }

    private void check(Http http) throws UsageException {
        if (http.healthPath().filter(path -> path.equals(http.pubPath()) || path.equals(http.subPath())).isPresent()) {
            throw contradiction("health-path", "must differ from pub-path and sub-path");
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

    private UsageException contradiction(String name, String rule) {
        Option<?> option = Options.named(name);
        RawValue raw = values.raw(option).orElseThrow();
        return new UsageException("%s %s: %s (from %s)".formatted(name, rule, option.assignment(raw.text()),
                raw.origin()));
    }
}
