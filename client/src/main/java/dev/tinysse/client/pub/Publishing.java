package dev.tinysse.client.pub;

import dev.tinysse.cli.ExitStatus;
import dev.tinysse.cli.FailedException;
import dev.tinysse.cli.Shown;
import dev.tinysse.cli.Stdio;
import dev.tinysse.client.http.Address;
import dev.tinysse.client.http.Token;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Publishes what a call of {@code tinysse pub} names, and prints what the server says of each message.
 *
 * @param stdio where that goes
 * @param address where to publish
 * @param token of the publisher
 * @param message what all messages have
 * @param rate most messages a second, if there is a limit
 */
public record Publishing(Stdio stdio, Address address, Token token, Message message, Optional<Double> rate) {
    /**
     * One message.
     *
     * @param data its text, if it has one
     * @return the exit status
     */
    public int one(Optional<String> data) throws FailedException {
        try (Publisher publisher = new Publisher(address, token)) {
            print(publisher.publish(message.json(data)));
            return ExitStatus.OK;
        }
    }

    /**
     * One message with all of an input as its text.
     *
     * @return the exit status
     */
    public int one(Input input) throws FailedException {
        return one(Optional.of(input.text()));
    }

    /**
     * A message for each line. A rejected one is reported with its number, and the others continue.
     *
     * @param json whether a line is a message in JSON, and empty lines are none; else it is a message's text
     * @return the exit status
     */
    public int lines(Input input, boolean json) throws FailedException {
        boolean allTaken = true;
        try (InputStream in = input.open(); Publisher publisher = new Publisher(address, token)) {
            LineReader lines = new LineReader(in);
            Rate turns = new Rate(rate);
            long number = 0;
            for (Optional<byte[]> line = lines.next(); line.isPresent(); line = lines.next()) {
                number++;
                if (json && isBlank(line.get())) {
                    continue;
                }
                turns.await();
                try {
                    String text = Utf8.text(line.get(), "the line");
                    byte[] body = json ? line.get() : message.json(Optional.of(text));
                    if (!print(publisher.publish(body))) {
                        return ExitStatus.FAILED;
                    }
                } catch (FailedException e) {
                    stdio.say("line " + number + ": " + e.getMessage());
                    allTaken = false;
                }
            }
        } catch (IOException e) {
            throw input.unreadable(e);
        }
        return allTaken ? ExitStatus.OK : ExitStatus.FAILED;
    }

    private static boolean isBlank(byte[] line) {
        for (byte b : line) {
            if (b != ' ' && b != '\t' && b != '\r') {
                return false;
            }
        }
        return true;
    }

    /** False if nobody reads standard output any more. */
    private boolean print(String response) {
        try {
            if (!response.isEmpty()) {
                stdio.out().write((Shown.lines(response) + "\n").getBytes(StandardCharsets.UTF_8));
            }
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
