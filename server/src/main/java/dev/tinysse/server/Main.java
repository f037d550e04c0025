package dev.tinysse.server;

import dev.tinysse.api.Command;
import dev.tinysse.api.ExitException;
import dev.tinysse.api.internal.LogLines;
import dev.tinysse.cli.ExitStatus;
import dev.tinysse.server.component.StartException;
import dev.tinysse.server.logging.LogFormat;
import dev.tinysse.server.logging.LogLevel;
import dev.tinysse.server.logging.Logging;
import dev.tinysse.server.plugins.Providers;
import dev.tinysse.server.process.HeapTrim;
import dev.tinysse.server.process.Signals;
import dev.tinysse.server.process.StopSignal;
import dev.tinysse.server.settings.Invocation;
import dev.tinysse.server.settings.Settings;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.stream.Collectors;

/** Where the program begins. */
public final class Main {
    /** The system property by which the launcher tells where plugins are. */
    private static final String PLUGINS = "tinysse.plugins";

    private Main() {}

    /** Ends the process with the status of {@link ExitStatus}, or that of the subcommand. */
    public static void main(String[] arguments) {
        Logging.start(LogLevel.INFO, LogFormat.TEXT);
        Launch launch = new Launch(Main::serve, () -> commands(arguments), System.out, System.err);
        System.exit(launch.run(List.of(arguments), System.getenv()));
    }

    private static int serve(Invocation.Serve serve) {
        Settings settings = serve.settings();
        Logging.start(settings.logLevel(), settings.logFormat());
        serve.warnings().forEach(line -> System.getLogger("tinysse").log(Level.WARNING, line));
        Signals.ignoreHangUp();
        StopSignal stop = StopSignal.handled(settings.streams().drainTimeout());
        HeapTrim.startIfWanted();
        try {
            Server server = Server.load(serve, loggedProviders(), stop);
            server.start();
            stop.await();
            server.stop();
            return ExitStatus.OK;
        } catch (ExitException e) {
            return e.status();
        } catch (StartException | RuntimeException e) {
            String text = e.getMessage() == null ? e.toString() : e.getMessage();
            LogLines.log(System.getLogger("tinysse"), Level.ERROR, text);
            return ExitStatus.FAILED;
        } catch (InterruptedException e) {
            return ExitStatus.FAILED;
        } catch (Error e) {
            System.getLogger("tinysse").log(Level.ERROR, "server failed: " + e, e);
            return ExitStatus.FAILED;
        }
    }

    /** Those of modules that bring only commands come first, and where one of them is called, providers are not loaded. */
    private static List<Command> commands(String[] arguments) {
        List<Command> commands = new ArrayList<>();
        ServiceLoader.load(Command.class).forEach(commands::add);
        if (arguments.length > 0 && commands.stream().anyMatch(command -> command.name().equals(arguments[0]))) {
            return commands;
        }
        Providers providers = providers();
        Set<String> names = commands.stream().map(Command::name).collect(Collectors.toSet());
        providers.commands().stream().filter(command -> !names.contains(command.name())).forEach(commands::add);
        providers.diagnostics().forEach(System.err::println);
        return commands;
    }

    private static Providers loggedProviders() {
        Providers providers = providers();
        Logger log = System.getLogger("tinysse");
        providers.plugins().forEach(plugin -> log.log(Level.INFO, "Plugin loaded: provider=%s version=%s file=%s"
                .formatted(plugin.name(), plugin.version(), plugin.file().orElseThrow())));
        providers.diagnostics().forEach(line -> log.log(Level.WARNING, line));
        return providers;
    }

    private static Providers providers() {
        return Providers.find(Optional.ofNullable(System.getProperty(PLUGINS)).map(Path::of));
    }
}
