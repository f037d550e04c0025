package dev.tinysse.client;

import dev.tinysse.api.ChannelName;
import dev.tinysse.cli.Arguments;
import dev.tinysse.cli.CliCommand;
import dev.tinysse.cli.ExitStatus;
import dev.tinysse.cli.FailedException;
import dev.tinysse.cli.Shown;
import dev.tinysse.cli.Stdio;
import dev.tinysse.cli.Syntax;
import dev.tinysse.cli.UsageException;
import dev.tinysse.client.http.Address;
import java.util.List;
import java.util.Optional;

/** The common parts of the commands: standard streams, and the server's address. */
abstract class ClientCommand extends CliCommand {
    static final String TOKEN_FILE_HELP = "File of the token (default: the token of TINYSSE_TOKEN)";
    private static final String VARIABLE = "TINYSSE_URL";
    private final Stdio stdio;

    ClientCommand(Stdio stdio) {
        super(System.out, stdio.err());
        this.stdio = stdio;
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
