package dev.tinysse.server;

import dev.tinysse.api.Command;
import dev.tinysse.api.HookProvider;
import dev.tinysse.server.logging.Logging;
import dev.tinysse.server.settings.Settings;
import dev.tinysse.server.settings.Version;
import java.util.List;
import java.util.ServiceLoader;

/**
 * Where the program begins.
 */
public final class Main {

    private Main() {}

    /** Ends the process with the status of {@link ExitStatus}, or that of the subcommand. */
    public static void main(String[] arguments) {
        Launch launch = new Launch(Main::serve, Main::commands, System.out, System.err);
        System.exit(launch.run(List.of(arguments), System.getenv()));
    }

    private static int serve(Settings settings) {
        Logging.start(settings.logLevel());
        System.getLogger("tinysse").log(System.Logger.Level.INFO, "Started tinysse/" + Version.text());
        return ExitStatus.OK;
    }

    private static List<Command> commands() {
        return ServiceLoader.load(HookProvider.class).stream()
                .flatMap(provider -> provider.get().commands().stream()).toList();
    }
}
