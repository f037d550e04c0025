package dev.tinysse.server.settings;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The settings a script gets to see, under the names that scripts know.
 */
public final class CliTable {

    private CliTable() {}

    /**
     * The map that {@code startup} is given.
     *
     * @param settings of the server
     * @return times in milliseconds as {@link Long}, numbers as {@link Long}, flags as {@link Boolean}, the rest as text; without
     *         what is not set
     */
    public static Map<String, Object> of(Settings settings) {
        Settings.Streams streams = settings.streams();
        Settings.Scripting scripting = settings.scripting();
        Map<String, Object> cli = new LinkedHashMap<>();
        cli.put("listen", settings.listen().stream().map(ListenAddress::text).collect(Collectors.joining(", ")));
        cli.put("log_level", settings.logLevel().name());
        cli.put("keep_alive", millis(streams.keepAlive()));
        cli.put("keep_alive_text", streams.keepAliveText());
        cli.put("timeout", millis(streams.timeout()));
        cli.put("timeout_retry", millis(streams.timeoutRetry().orElse(Duration.ZERO)));
        cli.put("capacity", (long) streams.capacity());
        scripting.script().ifPresent(script -> cli.put("script", script));
        cli.put("script_tick", millis(scripting.scriptTick()));
        scripting.scriptData().ifPresent(data -> cli.put("script_data", data));
        cli.put("unsafe_script", scripting.unsafeScript());
        cli.put("pub_path", settings.http().pubPath());
        cli.put("sub_path", settings.http().subPath());
        settings.serveStatic().dir().ifPresent(dir -> cli.put("serve_static_dir", dir));
        cli.put("serve_static_path", settings.serveStatic().path());
        if (settings.http().channels()) {
            cli.put("channels", true);
        }
        if (settings.history().isEnabled()) {
            put(cli, settings.history());
            cli.put("history_size", settings.historyBytes());
        }
        return Map.copyOf(cli);
    }

    private static void put(Map<String, Object> cli, Settings.History history) {
        cli.put("history", (long) history.history());
        cli.put("history_age", millis(history.age().orElse(Duration.ZERO)));
        history.dataDir().ifPresent(dir -> {
            cli.put("data_dir", dir);
            cli.put("durability", history.level().toString());
        });
    }

    private static Long millis(Duration duration) {
        return duration.toMillis();
    }
}
