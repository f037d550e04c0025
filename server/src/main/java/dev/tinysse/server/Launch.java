package dev.tinysse.server;

import dev.tinysse.api.Command;
import dev.tinysse.cli.ExitStatus;
import dev.tinysse.cli.UsageException;
import dev.tinysse.server.settings.Invocation;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;

/**
 * Does what the command line asks for, and gives the exit status.
 *
 * @param server runs the server to its end
 * @param commands gives the subcommands there are
 * @param out standard output
 * @param err standard error
 */
record Launch(ToIntFunction<Invocation.Serve> server, Supplier<List<Command>> commands, PrintStream out,
        PrintStream err) {

    int run(List<String> arguments, Map<String, String> environment) {
        try {
            Invocation invocation = Invocation.read(arguments, environment, commands);
            if (invocation instanceof Invocation.Serve serve) { // for a switch the JDK would generate a class at each start
                return server.applyAsInt(serve);
            }
            if (invocation instanceof Invocation.Run run) {
                return run.command().run(run.arguments());
            }
            out.print(((Invocation.Show) invocation).text());
            out.flush();
            return ExitStatus.OK;
        } catch (UsageException e) {
            err.println("tinysse: " + e.getMessage());
            return ExitStatus.USAGE;
        }
    }
}
