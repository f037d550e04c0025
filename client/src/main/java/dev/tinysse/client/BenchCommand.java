package dev.tinysse.client;

import dev.tinysse.cli.Arguments;
import dev.tinysse.cli.FailedException;
import dev.tinysse.cli.Stdio;
import dev.tinysse.cli.Syntax;
import dev.tinysse.cli.UsageException;
import dev.tinysse.client.bench.Bench;
import dev.tinysse.client.bench.BenchOptions;
import dev.tinysse.client.http.Address;
import dev.tinysse.client.http.Token;
import java.time.Duration;
import java.util.List;

/** {@code tinysse bench}: publishes at a fixed rate to many streams, and reports latencies and losses. */
public final class BenchCommand extends ClientCommand {
    private static final int MAX_SUBS = 1_000_000;
    private static final int MIN_PAYLOAD = 18;
    private static final int MAX_PAYLOAD = 1 << 24;
    private static final int DEFAULT_PAYLOAD = 64;
    private static final Duration DEFAULT_DURATION = Duration.ofSeconds(30);

    /** The command of this process. */
    public BenchCommand() {
        this(Stdio.ofProcess());
    }

    BenchCommand(Stdio stdio) {
        super(stdio);
    }

    @Override
    public String name() {
        return "bench";
    }

    @Override
    public String summary() {
        return "Measure latency and throughput of a server";
    }

    @Override
    protected Syntax syntax() {
        return new Syntax("tinysse " + name(), List.of("tinysse bench [URL] --subs N --rate N [OPTION]..."),
                "Opens streams, publishes at a fixed rate, and prints the latency percentiles and the throughput.")
                .option("--subs", "N", "Number of streams")
                .option("--rate", "N", "Messages per second")
                .option("--duration", "DURATION", "Duration of the measurement (default: 30s)")
                .option("--payload", "BYTES", "Size of the data of a message in bytes, at least 18 (default: 64)")
                .option("--channel", "NAME", "Channel to publish and subscribe to")
                .flag("--json", "Print the report as JSON")
                .option("--token-file", "FILE", TOKEN_FILE_HELP)
                .footer("URL is http://HOST[:PORT][/PATH]; the default path is /sse, the default URL is that of TINYSSE_URL.",
                        "The load is open-loop: each message is sent at its scheduled time, and latencies (in milliseconds) are",
                        "measured from that time (no coordinated omission). Messages of other publishers are ignored. Exit status:",
                        "0 after a complete run, 1 if streams could not be opened or messages were rejected, 2 for invalid usage.");
    }

    @Override
    protected int run(Arguments arguments) throws UsageException, FailedException {
        Address address = inChannel(address(arguments.operands()), arguments.text("--channel"));
        if (address.tls()) {
            throw new UsageException("bench measures servers without TLS, URL must begin with http://: " + address);
        }
        int streams = arguments.number("--subs", 1, MAX_SUBS).orElseThrow(() -> missing("--subs")).intValue();
        double rate = arguments.rate("--rate").orElseThrow(() -> missing("--rate"));
        Duration duration = arguments.duration("--duration").orElse(DEFAULT_DURATION);
        if (!duration.isPositive()) {
            throw new UsageException("--duration must be above 0: " + arguments.text("--duration").orElse(""));
        }
        int payload = arguments.bytes("--payload", MIN_PAYLOAD, MAX_PAYLOAD).orElse((long) DEFAULT_PAYLOAD).intValue();
        return new Bench(stdio(),
                new BenchOptions(address, Token.of(arguments, stdio().environment()).current(), streams,
                        rate, duration, payload, arguments.has("--json")))
                .run();
    }

    private static UsageException missing(String option) {
        return new UsageException(option + " must be given, see tinysse bench --help");
    }
}
