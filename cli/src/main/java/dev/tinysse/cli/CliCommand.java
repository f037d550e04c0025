package dev.tinysse.cli;

import dev.tinysse.api.Command;
import java.io.PrintStream;
import java.util.List;

/** A command with options: reads its arguments, shows its help, and reports errors on one line. For one thread. */
public abstract class CliCommand implements Command {
    private final PrintStream out;
    private final PrintStream err;

    /**
     * A command that prints to these.
     *
     * @param out standard output
     * @param err standard error
     */
    protected CliCommand(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    /** {@return the options} */
    protected abstract Syntax syntax();

    /**
     * Runs the command.
     *
     * @param arguments without a request for help
     * @return the exit status
     * @throws UsageException if the arguments are wrong: exit status 2
     * @throws FailedException if the operation failed: exit status 1
     */
    protected abstract int run(Arguments arguments) throws UsageException, FailedException;

    @Override
    public final int run(List<String> words) {
        try {
            Syntax syntax = syntax();
            Arguments arguments = syntax.parse(words);
            if (arguments.asksForHelp()) {
                out.print(syntax.help());
                out.flush();
                return ExitStatus.OK;
            }
            return run(arguments);
        } catch (UsageException e) {
            err.println(Shown.error(e.getMessage()));
            return ExitStatus.USAGE;
        } catch (FailedException e) {
            err.println(Shown.error(e.getMessage()));
            return ExitStatus.FAILED;
        }
    }

    /** {@return standard output} */
    protected final PrintStream out() {
        return out;
    }
}
