package dev.tinysse.client;

import dev.tinysse.cli.Stdio;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * A command that has been run in this process.
 *
 * @param status with which it has ended
 * @param out its standard output
 * @param err its standard error
 */
record Call(int status, String out, String err) {
    static Call sub(Map<String, String> environment, String... words) {
        return run(SubCommand::new, environment, "", words);
    }

    static Call sub(String... words) {
        return sub(Map.of(), words);
    }

    static Call pub(String in, String... words) {
        return run(PubCommand::new, Map.of(), in, words);
    }

    static Call run(Function<Stdio, ClientCommand> command, Map<String, String> environment, String in,
            String... words) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Stdio stdio = new Stdio(new ByteArrayInputStream(in.getBytes(StandardCharsets.UTF_8)), out,
                new PrintStream(err, true, StandardCharsets.UTF_8), environment);
        int status = command.apply(stdio).run(List.of(words));
        return new Call(status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }
}
