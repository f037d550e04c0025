package dev.tinysse.client;

import dev.tinysse.api.ChannelName;
import dev.tinysse.api.Command;
import dev.tinysse.client.cli.Arguments;
import dev.tinysse.client.cli.ExitStatus;
import dev.tinysse.client.cli.FailedException;
import dev.tinysse.client.cli.Shown;
import dev.tinysse.client.cli.Stdio;
import dev.tinysse.client.cli.Syntax;
import dev.tinysse.client.cli.UsageException;
import dev.tinysse.client.http.Address;
import java.util.List;
import java.util.Optional;

/** The common parts of the commands: help, mistakes, failures, and the server's address. */
abstract class ClientCommand implements Command {
    static final String TOKEN_FILE_HELP = "File of the token (default: the token of TINYSSE_TOKEN)";
    private static final String VARIABLE = "TINYSSE_URL";
    private final Stdio stdio;

    ClientCommand(Stdio stdio) {
        this.stdio = stdio;
    }

    /** The options. */
    abstract Syntax syntax();

    /** Runs the command, and returns the exit status. */
    abstract int run(Arguments arguments) throws UsageException, FailedException;

    @Override
    public final int run(List<String> words) {
        try {
            Arguments arguments = syntax().parse(words);
            if (arguments.asksForHelp()) {
                System.out.print(syntax().help());
                System.out.flush();
                return ExitStatus.OK;
            }
            return run(arguments);
        } catch (UsageException e) {
            stdio.say(e.getMessage());
            return ExitStatus.USAGE;
        } catch (FailedException e) {
            stdio.say(e.getMessage());
            return ExitStatus.FAILED;
        }
    }

    final Stdio stdio() {
        return stdio;
    }

    /** The address among the operands, else that of the environment. */
    final Address address(List<String> operands) throws UsageException {
        if (operands.size() > 1) {
            throw new UsageException("only one URL is expected: " + Shown.value(operands.get(1)));
        }
        Optional<String> url = operands.stream().findFirst()
                .or(() -> Optional.ofNullable(stdio.environment().get(VARIABLE)).filter(text -> !text.isEmpty()));
        try {
            return Address.parse(url.orElseThrow(() -> new UsageException(
                    "name the server's URL, or set " + VARIABLE + ", see tinysse " + name() + " --help")));
        } catch (IllegalArgumentException e) {
            throw new UsageException(operands.isEmpty() ? VARIABLE + ": " + e.getMessage() : e.getMessage());
        }
    }

    /** The same address for one channel. */
    static Address inChannel(Address address, Optional<String> channel) throws UsageException {
        if (channel.isEmpty()) {
            return address;
        }
        if (!ChannelName.isName(channel.get())) {
            throw new UsageException("--channel must be the name of one channel: " + Shown.value(channel.get()));
        }
        return address.child(channel.get());
    }
}
