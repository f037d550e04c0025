package dev.tinysse.client;

import dev.tinysse.cli.Arguments;
import dev.tinysse.cli.FailedException;
import dev.tinysse.cli.Stdio;
import dev.tinysse.cli.Syntax;
import dev.tinysse.cli.UsageException;
import dev.tinysse.client.http.Address;
import dev.tinysse.client.http.Token;
import dev.tinysse.client.pub.Input;
import dev.tinysse.client.pub.Message;
import dev.tinysse.client.pub.Publishing;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** {@code tinysse pub}: publishes a message, or one for each line that it reads. */
public final class PubCommand extends ClientCommand {
    private static final String STDIN = "-";

    /** The command of this process. */
    public PubCommand() {
        this(Stdio.ofProcess());
    }

    PubCommand(Stdio stdio) {
        super(stdio);
    }

    @Override
    public String name() {
        return "pub";
    }

    @Override
    public String summary() {
        return "Publish messages";
    }

    @Override
    protected Syntax syntax() {
        return new Syntax("tinysse " + name(),
                List.of("tinysse pub [URL] [-d TEXT | -f FILE | -] [OPTION]...",
                        "       tinysse pub [URL] --lines|--ndjson [-f FILE | -] [OPTION]..."),
                "Publishes a message and prints the server's response.")
                .option("-d --data", "TEXT", "Data of the message")
                .option("-f --file", "FILE", "File of the data; - for standard input")
                .flag("--lines", "Publish each line as a message, as soon as it is read")
                .flag("--ndjson",
                        "Publish each line as a JSON message: {\"data\":\"...\"}, with id, event, comment, channel")
                .option("--id", "ID", "Id of the message")
                .option("--event", "NAME", "Name of the event")
                .option("--channel", "NAME", "Channel to publish to")
                .option("--rate", "N", "Maximum number of lines per second")
                .option("--token-file", "FILE", TOKEN_FILE_HELP)
                .footer("URL is http(s)://HOST[:PORT][/PATH]; the default path is /sse, the default URL is that of TINYSSE_URL.",
                        "The command ignores one line break at the end of a file or of standard input. With --lines, it reports",
                        "a rejected line by its number and continues. The server has two minutes for each response, of",
                        "at most 1MB. Exit status: 0 if all messages were published, 1 if not, 2 for invalid usage.");
    }

    @Override
    protected int run(Arguments arguments) throws UsageException, FailedException {
        boolean operand = arguments.operands().contains(STDIN);
        Address address = inChannel(address(arguments.operands().stream().filter(word -> !word.equals(STDIN)).toList()),
                arguments.text("--channel"));
        Publishing publishing = new Publishing(stdio(), address, Token.of(arguments, stdio().environment()),
                new Message(arguments.text("--id"), arguments.text("--event")), arguments.rate("--rate"));
        boolean lines = arguments.has("--lines");
        boolean ndjson = arguments.has("--ndjson");
        check(arguments, operand, lines, ndjson);
        Input input = new Input(arguments.text("--file").filter(file -> !file.equals(STDIN)).map(Path::of),
                stdio().in());
        if (lines || ndjson) {
            return publishing.lines(input, ndjson);
        }
        return operand || arguments.has("--file") ? publishing.one(input) : publishing.one(arguments.text("--data"));
    }

    private static void check(Arguments arguments, boolean operand, boolean lines, boolean ndjson)
            throws UsageException {
        long sources = List.of(operand, arguments.has("--data"), arguments.has("--file")).stream().filter(is -> is)
                .count();
        if (sources > 1) {
            throw new UsageException("only one of --data, --file and - is expected");
        }
        if (lines && ndjson) {
            throw new UsageException("only one of --lines and --ndjson is expected");
        }
        if (lines || ndjson) {
            refuse(arguments, "--data", "has one message, and is not for --lines or --ndjson");
            refuse(arguments, "--id", "is for one message, and would be that of every line");
            if (ndjson) {
                refuse(arguments, "--event", "is for --lines; with --ndjson each line names its own");
            }
            return;
        }
        refuse(arguments, "--rate", "is for --lines and --ndjson");
        if (sources == 0 && !arguments.has("--id") && !arguments.has("--event")) {
            throw new UsageException("name a message with --data, --file or -, see tinysse pub --help");
        }
    }

    private static void refuse(Arguments arguments, String option, String why) throws UsageException {
        Optional<String> value = arguments.text(option);
        if (value.isPresent()) {
            throw new UsageException(option + " " + why + ": " + value.get());
        }
    }
}
