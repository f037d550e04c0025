package dev.tinysse.client.sub;

import dev.tinysse.cli.FailedException;
import dev.tinysse.cli.Shown;
import dev.tinysse.cli.Stdio;
import dev.tinysse.client.sse.Event;
import dev.tinysse.client.sse.EventJson;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Runs a command for each event, with the event as JSON on its standard input, and waits for its end. For one thread. */
final class ExecSink implements Sink {
    private final List<String> command;
    private final Stdio stdio;
    private boolean well = true;

    ExecSink(List<String> command, Stdio stdio) {
        this.command = command;
        this.stdio = stdio;
    }

    @Override
    public boolean takes(Event event) {
        return true;
    }

    @Override
    public int batch() {
        return 1;
    }

    @Override
    public boolean isWell() {
        return well;
    }

    @Override
    public void handOn(List<Event> events) throws FailedException {
        for (Event event : events) {
            int status = run(EventJson.of(event));
            if (status != 0) {
                well = false;
                stdio.say("--exec %s ended with status %d%s".formatted(Shown.value(command.getFirst()), status,
                        event.id().map(id -> ": id=" + id).orElse("")));
            }
        }
    }

    private int run(String json) throws FailedException {
        Process process;
        try {
            process = new ProcessBuilder(command).redirectOutput(ProcessBuilder.Redirect.INHERIT)
                    .redirectError(ProcessBuilder.Redirect.INHERIT).start();
        } catch (IOException e) {
            throw new FailedException("cannot run --exec %s: %s".formatted(Shown.value(command.getFirst()), reason(e)));
        }
        try (OutputStream in = process.getOutputStream()) {
            in.write((json + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            // it does not want to read, which is its own affair
        }
        try {
            return process.waitFor();
        } catch (InterruptedException e) {
            process.destroy();
            throw new FailedException("interrupted while --exec runs");
        }
    }

    /** The JDK's text, {@code Cannot run program "x": Exec failed, error: 2 (No such file or directory)}, without its first half. */
    private static String reason(IOException e) {
        String text = Shown.reason(e);
        int open = text.lastIndexOf('(');
        return open >= 0 && text.stripTrailing().endsWith(")")
                ? text.strip().substring(open + 1, text.strip().length() - 1)
                : text;
    }
}
