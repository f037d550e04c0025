package dev.tinysse.client;

import dev.tinysse.api.ChannelName;
import dev.tinysse.api.internal.Durations;
import dev.tinysse.cli.Arguments;
import dev.tinysse.cli.FailedException;
import dev.tinysse.cli.Shown;
import dev.tinysse.cli.Stdio;
import dev.tinysse.cli.Syntax;
import dev.tinysse.cli.UsageException;
import dev.tinysse.client.http.Address;
import dev.tinysse.client.http.Token;
import dev.tinysse.client.sub.CommandWords;
import dev.tinysse.client.sub.SubscribeOptions;
import dev.tinysse.client.sub.Subscriber;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code tinysse sub}: subscribes, and prints what comes. */
public final class SubCommand extends ClientCommand {
    private static final Duration SILENCE = Duration.ofSeconds(150);
    private static final long MAX_EVENT = 256 * 1024 * 1024;
    private static final long DEFAULT_EVENT = 16 * 1024 * 1024;
    private static final long MAX_COUNT = 1_000_000_000_000L;

    /** The command of this process. */
    public SubCommand() {
        this(Stdio.ofProcess());
    }

    SubCommand(Stdio stdio) {
        super(stdio);
    }

    @Override
    public String name() {
        return "sub";
    }

    @Override
    public String summary() {
        return "Subscribe and print events";
    }

    @Override
    protected Syntax syntax() {
        return new Syntax("tinysse " + name(), List.of("tinysse sub [URL] [OPTION]..."),
                "Subscribes and prints the data of each event. Reconnects and resumes from the last id when the stream ends.")
                .repeatable("--channel", "NAME", "Channel or pattern to subscribe to; may be repeated")
                .flag("--json", "Print each event as a line of JSON, with its id, event, data, comment and channel")
                .option("--last-event-id", "ID", "Resume after the event with this id")
                .option("--state", "FILE", "File that stores the last id; the next run resumes after it")
                .option("--since", "DURATION",
                        "Without an id, replay the messages of this time, such as 10m, or all")
                .repeatable("--event", "NAME", "Only events of this name (message for those without one)")
                .option("--count", "N", "Exit after N events")
                .option("--exec", "CMD",
                        "Run a command for each event, with the event as JSON on standard input, and wait "
                                + "for its exit. CMD is split at blanks outside of '' and \"\"; there is no shell")
                .option("--silence", "DURATION",
                        "Reconnect after this time without a byte; 0s disables it (default: 150s)")
                .option("--max-event-size", "BYTES",
                        "Maximum size of an event, up to 256MB (default: 16MB); a larger one ends the command with status 1")
                .option("--token-file", "FILE", TOKEN_FILE_HELP)
                .footer("URL is http(s)://HOST[:PORT][/PATH]; the default path is /sse, the default URL is that of TINYSSE_URL.",
                        "A gap (messages that were lost and cannot be replayed) is reported on standard error, and with --json also",
                        "as an event. Exit status: 0 after --count events, or if the server ends the subscription (204), 1 if it",
                        "rejects it (401, 403) or a command failed, 2 for invalid usage. The server",
                        "has two minutes for the head of a response. On a terminal, control characters are escaped.");
    }

    @Override
    protected int run(Arguments arguments) throws UsageException, FailedException {
        boolean json = arguments.has("--json");
        Optional<List<String>> exec = exec(arguments);
        List<String> channels = channels(arguments.texts("--channel"));
        Address plain = channels.isEmpty()
                ? address(arguments.operands())
                : address(arguments.operands()).child(String.join(",", channels));
        boolean asks = !channels.isEmpty() && (json || exec.isPresent()) && !plain.has("envelope", "json");
        Address address = asks ? plain.with("envelope", "json") : plain;
        SubscribeOptions options = new SubscribeOptions(address, Token.of(arguments, stdio().environment()),
                address.has("envelope", "json") && (json || exec.isPresent()), json, lastEventId(arguments),
                since(arguments),
                arguments.text("--state").map(Path::of), arguments.texts("--event"),
                arguments.number("--count", 1, MAX_COUNT), exec, arguments.duration("--silence").orElse(SILENCE),
                arguments.bytes("--max-event-size", 1, MAX_EVENT).orElse(DEFAULT_EVENT).intValue());
        return new Subscriber(stdio(), options).run();
    }

    private static List<String> channels(List<String> texts) throws UsageException {
        List<String> channels = new ArrayList<>();
        for (String text : texts) {
            for (String channel : text.split(",", -1)) {
                if (!ChannelName.isNameOrPattern(channel)) {
                    throw new UsageException(
                            "--channel must be the name of a channel or a pattern: " + Shown.value(channel));
                }
                channels.add(channel);
            }
        }
        return channels;
    }

    private static Optional<String> lastEventId(Arguments arguments) throws UsageException {
        Optional<String> id = arguments.text("--last-event-id");
        if (id.isPresent() && id.get().chars().anyMatch(c -> c < ' ' || c == 0x7f)) {
            throw new UsageException("--last-event-id must have no control characters: " + Shown.value(id.get()));
        }
        return id;
    }

    /** The outer one is empty if nothing is said, the inner one for any age. */
    private static Optional<Optional<Duration>> since(Arguments arguments) throws UsageException {
        Optional<String> text = arguments.text("--since");
        if (text.isEmpty()) {
            return Optional.empty();
        }
        Optional<Duration> age = Durations.parse(text.get());
        if (age.isEmpty() && !text.get().equals("all")) {
            throw new UsageException("--since must be a duration like 10m, or all: " + Shown.value(text.get()));
        }
        return Optional.of(age);
    }

    private static Optional<List<String>> exec(Arguments arguments) throws UsageException {
        Optional<String> text = arguments.text("--exec");
        try {
            return text.map(CommandWords::of);
        } catch (IllegalArgumentException e) {
            throw new UsageException("--exec " + e.getMessage() + ": " + Shown.value(text.orElse("")));
        }
    }
}
