package dev.tinysse.history;

import dev.tinysse.broker.log.EventId;
import dev.tinysse.broker.log.LogConfig;
import dev.tinysse.broker.log.LogException;
import dev.tinysse.broker.log.StoredResponses;
import dev.tinysse.history.disk.Disk;
import dev.tinysse.history.disk.DiskFile;
import dev.tinysse.history.disk.FileIdentity;
import dev.tinysse.history.disk.ProgressFile;
import dev.tinysse.history.disk.ProgressNote;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Opens a log: finds out whether its files are those that it had, and gives it a new epoch if not. For one thread. */
final class Opening {
    private static final System.Logger LOGGER = System.getLogger("tinysse");
    private static final long MIN_SEGMENT = 64 * 1024;
    private static final long MAX_SEGMENT = 32 * 1024 * 1024;
    /** The size limit is that of so many segments. */
    private static final int SEGMENTS = 32;
    private static final Index.Forgotten NOTHING = new Index.Forgotten(0, 0);

    private final Durability durability;
    private final LogConfig config;
    private final String boot;
    private final List<String> reasons = new ArrayList<>();
    private Optional<ProgressNote> progress = Optional.empty();

    /**
     * Opens logs.
     *
     * @param boot tells one start of the machine from another
     */
    Opening(Durability durability, LogConfig config, String boot) {
        this.durability = durability;
        this.config = config;
        this.boot = boot;
    }

    FileLog open(Path path, Disk disk) throws IOException, LogException {
        Directory directory = new Directory(path, disk);
        List<Segment> table = new ArrayList<>();
        try {
            return open(directory, table);
        } catch (IOException | LogException | RuntimeException e) {
            for (Segment segment : table) {
                segment.release();
            }
            directory.close();
            throw e;
        }
    }

    private FileLog open(Directory directory, List<Segment> table) throws IOException, LogException {
        Optional<Manifest> before = directory.manifest();
        progress = ProgressFile.read(directory.path());
        Manifest manifest = before.isPresent() ? before.get() : found(directory);
        List<Manifest.Entry> present = new ArrayList<>();
        for (Manifest.Entry entry : manifest.segments()) {
            Optional<Segment> segment = openSegment(directory, entry);
            if (segment.isPresent()) {
                table.add(segment.get());
                present.add(segment.get().entry(directory.disk().identity(segment.get().path())));
            }
        }
        before.ifPresent(known -> examine(directory, known));
        manifest = new Manifest(manifest.epoch(), manifest.former(), boot, true, durability, manifest.self(), present,
                manifest.forgotten(), manifest.cut(), manifest.forgets());
        if (!reasons.isEmpty()) {
            manifest = manifest.withEpoch(EventId.newEpoch());
            LOGGER.log(System.Logger.Level.WARNING, "history in {0} may be incomplete, new epoch: {1}",
                    directory.path(), String.join("; ", reasons));
        }
        directory.replace(manifest);
        directory.removeOthers(manifest);
        long position = progress.map(ProgressNote::position).orElse(0L);
        return log(directory, manifest, table, ProgressFile.open(directory.disk(), directory.path(), config.clock(),
                new ProgressNote(0, 0, 0, position, none())));
    }

    /** The state without a manifest. */
    private Manifest found(Directory directory) throws IOException {
        List<Manifest.Entry> entries = new ArrayList<>();
        directory.segments()
                .forEach((number, generation) -> entries.add(new Manifest.Entry(number, generation, none(), 0, 0)));
        if (directory.hasManifest()) {
            reasons.add("the manifest is damaged");
        } else if (!entries.isEmpty()) {
            reasons.add("the manifest is missing");
        }
        return new Manifest(EventId.newEpoch(), List.of(), boot, true, durability, none(), entries, NOTHING, NOTHING,
                Map.of());
    }

    private static FileIdentity none() {
        return new FileIdentity(0, 0);
    }

    private Optional<Segment> openSegment(Directory directory, Manifest.Entry entry) throws IOException, LogException {
        Path path = directory.segment(entry.number(), entry.generation());
        if (!Files.exists(path)) {
            reasons.add(path.getFileName() + " is missing");
            return Optional.empty();
        }
        DiskFile file = directory.disk().open(path);
        Optional<SegmentHeader> header = SegmentHeader.read(file);
        if (header.isEmpty()) {
            file.close();
            directory.disk().replace(path, directory.path().resolve(path.getFileName() + ".damaged"));
            reasons.add(path.getFileName() + " is damaged, and has been set aside");
            return Optional.empty();
        }
        if (header.get().version() != SegmentHeader.VERSION) {
            file.close();
            throw new LogException(LogException.Kind.FAILED, "%s has format %d: this server reads format %d alone"
                    .formatted(path, header.get().version(), SegmentHeader.VERSION));
        }
        Segment segment = new Segment(path, file, header.get());
        long written = progress.filter(note -> note.number() == entry.number()
                && note.generation() == entry.generation()).map(ProgressNote::end).orElse(0L);
        segment.acknowledged(Math.max(entry.end(), written));
        if (segment.size() < Math.max(entry.length(), written)) {
            reasons.add("%s has %d bytes and not the %d that were acknowledged".formatted(path.getFileName(),
                    segment.size(), segment.acknowledged()));
        }
        return Optional.of(segment);
    }

    private void examine(Directory directory, Manifest known) {
        try {
            if (reasons.isEmpty() && !directory.isOriginal(known, progress)) {
                reasons.add("the directory has been copied or restored");
            }
        } catch (IOException e) {
            reasons.add("the check for copied files failed: " + e);
        }
        if (known.open() && progress.isEmpty()) {
            reasons.add("the note of its progress is missing or damaged");
        }
        if (known.open() && known.durability() == Durability.WRITTEN && !known.boot().equals(boot)) {
            reasons.add("the machine has stopped before all was synced");
        }
    }

    private FileLog log(Directory directory, Manifest manifest, List<Segment> table, ProgressFile file) {
        long segmentSize = Math.clamp(config.size() / SEGMENTS, MIN_SEGMENT, MAX_SEGMENT);
        PositionSource positions = new PositionSource(config.clock());
        positions.advanceTo(progress.map(ProgressNote::position).orElse(0L));
        Segments[] segments = new Segments[1];
        Index index = new Index(config, positions, position -> segments[0].dead(position));
        segments[0] = new Segments(directory, index, manifest, table);
        StoredResponses responses = new StoredResponses(config.clock());
        RecordWriter records = new RecordWriter();
        Keeper keeper = new Keeper(segments[0], index, positions, config, segmentSize);
        LogWriter writer = new LogWriter(new Loader(segments[0], index, responses, positions, config),
                new SegmentWriter(segments[0], directory, durability, segmentSize, positions, file),
                records,
                new Group(records, index, responses, positions, manifest.epoch()), keeper::wake);
        return new FileLog(
                new FileLog.Parts(directory, manifest, segments[0], index, responses, positions, writer, keeper, file));
    }
}
