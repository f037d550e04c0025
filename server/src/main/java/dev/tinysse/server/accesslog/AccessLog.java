package dev.tinysse.server.accesslog;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tinysse.server.component.Component;
import dev.tinysse.server.component.Deadline;
import dev.tinysse.server.component.Reloadable;
import dev.tinysse.server.component.StartException;
import dev.tinysse.server.logging.LogFormat;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Writes accesses to a file, or to standard output, on a thread of its own: neither requests nor fan-out threads wait for a disk. Safe
 * for any thread. Where more comes than the disk takes, lines are left out, and the log says how many.
 */
public final class AccessLog implements Component, Reloadable {
    private static final Logger LOG = System.getLogger("tinysse");
    private static final String STANDARD_OUTPUT = "-";
    private static final int MAX_WAITING = 100_000;
    private static final int MAX_AT_ONCE = 1000;
    private static final long PAUSE_MILLIS = 200;

    private final Optional<Path> file;
    private final AccessFormat format;
    private final BlockingQueue<Access> waiting = new ArrayBlockingQueue<>(MAX_WAITING);
    private final AtomicLong leftOut = new AtomicLong();
    private final Thread thread = Thread.ofPlatform().daemon().name("tinysse-access-log").unstarted(this::run);
    private OutputStream out;
    private boolean failing;
    private volatile boolean reopen;
    private volatile boolean closed;

    /**
     * A log that is to be started.
     *
     * @param target a file, which is made if it is not there and written on if it is; {@code -} for standard output
     * @param format of its lines
     */
    public AccessLog(String target, LogFormat format) {
        this.file = target.equals(STANDARD_OUTPUT) ? Optional.empty() : Optional.of(Path.of(target));
        this.format = new AccessFormat(format);
    }

    @Override
    public void start() throws StartException {
        try {
            out = open();
        } catch (IOException e) {
            throw new StartException("cannot write --access-log " + file.orElseThrow(), e);
        }
        thread.start();
    }

    private OutputStream open() throws IOException {
        return file.isEmpty()
                ? System.out
                : Files.newOutputStream(file.get(), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    /** Writes a line soon. */
    void add(Access access) {
        if (!waiting.offer(access)) {
            leftOut.incrementAndGet();
        }
    }

    /** Opens the file again, which somebody has renamed, before the next line. */
    @Override
    public void reload() {
        reopen = true;
    }

    private void run() {
        List<Access> some = new ArrayList<>();
        while (!closed || !waiting.isEmpty()) {
            try {
                Access first = waiting.poll(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
                reopenIfWanted();
                if (first != null) {
                    some.add(first);
                    waiting.drainTo(some, MAX_AT_ONCE);
                    write(some);
                }
                failing = false;
            } catch (IOException | RuntimeException e) {
                if (!failing) {
                    LOG.log(Level.ERROR, "cannot write the access log: " + e.getMessage());
                }
                failing = true;
            } catch (InterruptedException e) {
                return;
            }
            some.clear();
        }
    }

    private void reopenIfWanted() throws IOException {
        if (reopen && file.isPresent()) {
            OutputStream next = open(); // until that succeeds, the old one is written
            reopen = false;
            out.close();
            out = next;
        }
    }

    private void write(List<Access> some) throws IOException {
        StringBuilder lines = new StringBuilder();
        some.forEach(access -> lines.append(format.line(access)));
        out.write(lines.toString().getBytes(UTF_8));
        out.flush();
        long missing = leftOut.getAndSet(0);
        if (missing > 0) {
            LOG.log(Level.WARNING, "access log is too slow, lines dropped: lines=" + missing);
        }
    }

    /** Writes what is left, and closes the file. */
    @Override
    public void stop(Deadline deadline) {
        closed = true;
        try {
            thread.join();
            if (file.isPresent() && out != null) {
                out.close();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            LOG.log(Level.WARNING, "cannot close the access log: " + e.getMessage());
        }
    }
}
