package dev.tinysse.client.sub;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The data that is about to be written to a regular file. A process that is killed in between may have written all of it, a part or nothing;
 * the size of the file tells, and the next process writes the rest. For one thread.
 *
 * @param file holds one write: a line with the id of its last event, a line about the output, and the bytes
 * @param output where they go
 */
record OutputJournal(Path file, OutputFile output) {

    /** Notes a write, unless the output is something whose size tells nothing. */
    void begin(String id, byte[] bytes) throws IOException {
        OptionalLong size = output.size();
        if (size.isEmpty()) {
            return;
        }
        ByteArrayOutputStream note = new ByteArrayOutputStream(bytes.length + 256);
        note.writeBytes("%s\n%d %d %s\n".formatted(id, size.getAsLong(), bytes.length, output.key())
                .getBytes(StandardCharsets.UTF_8));
        note.writeBytes(bytes);
        Files.write(file, note.toByteArray());
    }

    /** The write is done, and remembered elsewhere. */
    void end() throws IOException {
        Files.deleteIfExists(file);
    }

    /**
     * Completes a write that had begun.
     *
     * @param out the output
     * @return the id of its last event; nothing if no write had begun
     */
    Optional<String> complete(OutputStream out) throws IOException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        byte[] note = Files.readAllBytes(file);
        int first = indexOfLineFeed(note, 0);
        int second = first < 0 ? -1 : indexOfLineFeed(note, first + 1);
        if (second < 0) {
            return Optional.empty(); // killed before it had begun
        }
        String[] about = new String(note, first + 1, second - first - 1, StandardCharsets.UTF_8).split(" ", 3);
        byte[] bytes = Arrays.copyOfRange(note, second + 1, note.length);
        long written = about.length == 3 && about[2].equals(output.key()) && Integer.parseInt(about[1]) == bytes.length
                ? output.size().orElse(0) - Long.parseLong(about[0])
                : 0;
        if (written <= 0) {
            return Optional.empty();
        }
        if (written < bytes.length) {
            out.write(bytes, (int) written, bytes.length - (int) written);
        }
        return Optional.of(new String(note, 0, first, StandardCharsets.UTF_8));
    }

    private static int indexOfLineFeed(byte[] bytes, int from) {
        for (int i = from; i < bytes.length; i++) {
            if (bytes[i] == '\n') {
                return i;
            }
        }
        return -1;
    }
}
