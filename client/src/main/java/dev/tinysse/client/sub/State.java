package dev.tinysse.client.sub;

import dev.tinysse.cli.FailedException;
import dev.tinysse.cli.Shown;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/**
 * The file of {@code --state}, one line with the id of the last event that was handed on. It is replaced as a whole, right after
 * that, so that a process that is killed loses no event. In between it would repeat those of one write; for a regular file as output
 * there is an {@link OutputJournal}. For one thread.
 */
final class State {
    private final Path file;
    private final Path next;
    private final OutputJournal journal;

    State(Path file, OutputFile output) {
        this.file = file;
        next = beside(".next");
        journal = new OutputJournal(beside(".output"), output);
    }

    /** In the same folder, so that a rename stays within one file system. */
    private Path beside(String suffix) {
        return file.resolveSibling(file.getFileName() + suffix);
    }

    /**
     * The id of the last event that was handed on, if there is one.
     *
     * @param out the output, to which the rest of a write goes that had begun
     * @throws FailedException if the file cannot be read or written
     */
    Optional<String> lastId(OutputStream out) throws FailedException {
        try {
            Files.write(next, new byte[0]); // says at the start whether it can be done
            Files.delete(next);
            Optional<String> completed = journal.complete(out);
            if (completed.isPresent()) {
                save(completed.get());
            }
            journal.end();
            return Files.exists(file) ? firstLine() : Optional.empty();
        } catch (IOException e) {
            throw failure(e);
        }
    }

    private Optional<String> firstLine() throws IOException {
        return new String(Files.readAllBytes(file), StandardCharsets.UTF_8).lines().findFirst()
                .filter(id -> !id.isEmpty());
    }

    /** Events are about to be written to the output, the last of which has this id. */
    void begin(String id, byte[] bytes) throws FailedException {
        try {
            journal.begin(id, bytes);
        } catch (IOException e) {
            throw failure(e);
        }
    }

    /** All up to this id was handed on. */
    void save(String id) throws FailedException {
        try {
            Files.write(next, (id + "\n").getBytes(StandardCharsets.UTF_8));
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
            journal.end();
        } catch (IOException e) {
            throw failure(e);
        }
    }

    private FailedException failure(IOException e) {
        return new FailedException("cannot use the state file %s: %s".formatted(file, Shown.reason(e)));
    }
}
