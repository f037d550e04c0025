package dev.tinysse.history;

import dev.tinysse.broker.log.ChannelSet;
import dev.tinysse.broker.log.EventLog;
import dev.tinysse.broker.log.LogConfig;
import dev.tinysse.broker.log.LogException;
import dev.tinysse.broker.tck.LogRig;
import dev.tinysse.history.disk.Disk;
import dev.tinysse.history.disk.FileIdentity;
import dev.tinysse.history.disk.ProgressFile;
import dev.tinysse.history.disk.ProgressNote;
import dev.tinysse.history.disk.RealDisk;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;

/** A log in a directory that is left as a kill would leave it, and opened again. For one thread. */
final class FileRig implements AutoCloseable {
    private final Path root;
    private final LogRig rig = new LogRig(this::open);
    private Path directory;
    private Disk disk = new RealDisk();
    private Durability durability = Durability.SYNCED;
    private String boot = "boot-1";
    private int copies;

    FileRig(Path root) {
        this.root = root;
        this.directory = root.resolve("log");
    }

    private EventLog open(LogConfig config) throws LogException {
        try {
            return new Opening(durability, config, boot).open(directory, disk);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    LogRig log() {
        return rig;
    }

    FileRig with(Disk other) {
        disk = other;
        return this;
    }

    FileRig with(Durability level) {
        durability = level;
        return this;
    }

    FileRig with(String otherBoot) {
        boot = otherBoot;
        return this;
    }

    /** Goes on in another directory. */
    void move(Path other) {
        directory = other;
    }

    Path directory() {
        return directory;
    }

    /** The files of the log as they are now, in another directory: what a kill at this moment would leave. */
    Path snapshot() throws IOException {
        Path copy = Files.createDirectory(root.resolve("copy-" + copies++));
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Files.copy(file, copy.resolve(file.getFileName()));
            }
        }
        return copy;
    }

    /** Closes the log; its manifest stays as it was, which is how a kill leaves it. */
    void killed() throws IOException {
        Path manifest = directory.resolve("manifest");
        Path before = Files.createLink(root.resolve("manifest"), manifest);
        rig.close();
        Files.move(before, manifest, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Goes on with a snapshot, as if it were the original: the files are named by what tells them from copies. */
    void use(Path snapshot) throws IOException {
        rig.close();
        directory = snapshot;
        Path file = snapshot.resolve("manifest");
        Manifest manifest = Manifest.parse(Files.readString(file)).orElseThrow();
        List<Manifest.Entry> entries = manifest.segments().stream()
                .map(entry -> new Manifest.Entry(entry.number(), entry.generation(), new FileIdentity(0, 0),
                        entry.end(), entry.length()))
                .toList();
        Manifest same = new Manifest(manifest.epoch(), manifest.former(), manifest.boot(), manifest.open(),
                manifest.durability(), new FileIdentity(0, 0), entries, manifest.forgotten(), manifest.cut(),
                manifest.forgets());
        Files.writeString(file, same.format());
        disk = new FaultyDisk(true);
        progress(ProgressFile.read(snapshot).orElseThrow());
    }

    /** Goes on as if the log had come so far. */
    void progress(ProgressNote note) throws IOException {
        ProgressFile.open(disk, directory, InstantSource.system(), note).close();
    }

    /** {@return the newest segment} */
    Path newest() throws IOException {
        return segments().getLast();
    }

    List<Path> segments() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(".log")).sorted().toList();
        }
    }

    List<String> all() throws LogException {
        return LogRig.data(rig.read(List.of("**"), 0, 100));
    }

    boolean isWhole(String channel, long after) throws LogException {
        return rig.log().dropped(ChannelSet.of(List.of(channel)), after, 0).isEmpty();
    }

    @Override
    public void close() {
        rig.close();
    }
}
