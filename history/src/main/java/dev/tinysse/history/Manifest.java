package dev.tinysse.history;

import dev.tinysse.history.disk.FileIdentity;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The description of the log beside its records. Immutable.
 *
 * @param epoch the present one
 * @param former epochs, the newest last
 * @param boot of the machine when the log was opened
 * @param open whether the log has not been closed since
 * @param durability with which it was opened
 * @param self the file in which this stands
 * @param segments the files of the log, in order
 * @param forgotten what the index says of forgotten channels
 * @param cut the greatest position that has gone with a whole file, and a mark of when
 * @param forgets channels that operators have forgotten and of which records may be in files: up to which position, and a mark of when
 */
record Manifest(String epoch, List<String> former, String boot, boolean open, Durability durability, FileIdentity self,
        List<Entry> segments, Index.Forgotten forgotten, Index.Forgotten cut, Map<String, Index.Forgotten> forgets) {
    private static final String VERSION = "tinysse-history 2";
    private static final String FORGETS = "forgets.";
    private static final int MAX_FORMER = 1000;

    /**
     * A segment; the file is that of its last rewriting.
     *
     * @param end what is before this offset has been acknowledged
     * @param length what of that was there when this was written: all, unless something had been lost already
     */
    record Entry(int number, int generation, FileIdentity identity, long end, long length) {}

    Manifest {
        former = List.copyOf(former.size() > MAX_FORMER
                ? former.subList(former.size() - MAX_FORMER, former.size())
                : former);
        segments = List.copyOf(segments);
        forgets = Map.copyOf(forgets);
    }

    Manifest withEpoch(String next) {
        List<String> all = new ArrayList<>(former);
        all.add(epoch);
        return new Manifest(next, all, boot, open, durability, self, segments, forgotten, cut, forgets);
    }

    Manifest withSelf(FileIdentity file) {
        return new Manifest(epoch, former, boot, open, durability, file, segments, forgotten, cut, forgets);
    }

    /** {@return the text of the file} */
    String format() {
        StringBuilder text = new StringBuilder(VERSION).append('\n');
        text.append("epoch ").append(epoch).append('\n');
        text.append("former ").append(String.join(" ", former)).append('\n');
        text.append("boot ").append(boot).append('\n');
        text.append("open ").append(open).append('\n');
        text.append("durability ").append(durability).append('\n');
        text.append("self ").append(format(self)).append('\n');
        text.append("forgotten ").append(forgotten.through()).append(' ').append(forgotten.mark()).append('\n');
        text.append("cut ").append(cut.through()).append(' ').append(cut.mark()).append('\n');
        forgets.forEach((channel, gone) -> text.append(FORGETS).append(channel).append(' ').append(gone.through())
                .append(' ').append(gone.mark()).append('\n'));
        for (Entry entry : segments) {
            text.append("segment.").append(entry.number).append(' ').append(entry.generation).append(' ')
                    .append(format(entry.identity)).append(' ').append(entry.end).append(' ').append(entry.length)
                    .append('\n');
        }
        return text + "checksum " + text.toString().hashCode() + "\n";
    }

    private static String format(FileIdentity identity) {
        return identity.inode() + " " + identity.born();
    }

    /** {@return what a file says; nothing if it is damaged or of another version} */
    static Optional<Manifest> parse(String text) {
        int checksum = text.lastIndexOf("checksum ");
        if (!text.startsWith(VERSION + "\n") || checksum < 0
                || !text.substring(checksum).equals("checksum " + text.substring(0, checksum).hashCode() + "\n")) {
            return Optional.empty();
        }
        Map<String, String[]> lines = new LinkedHashMap<>();
        text.substring(0, checksum).lines().skip(1).map(line -> line.split(" ")).forEach(w -> lines.put(w[0], w));
        List<Entry> segments = new ArrayList<>();
        Map<String, Index.Forgotten> forgets = new LinkedHashMap<>();
        lines.forEach((name, words) -> {
            if (name.startsWith("segment.")) {
                segments.add(new Entry(Integer.parseInt(name.substring("segment.".length())),
                        Integer.parseInt(words[1]), identity(words, 2), Long.parseLong(words[4]),
                        Long.parseLong(words[5])));
            } else if (name.startsWith(FORGETS)) {
                forgets.put(name.substring(FORGETS.length()), forgotten(words));
            }
        });
        String[] former = lines.get("former");
        return Optional.of(new Manifest(lines.get("epoch")[1], List.of(former).subList(1, former.length),
                lines.get("boot")[1], Boolean.parseBoolean(lines.get("open")[1]),
                Durability.valueOf(lines.get("durability")[1]), identity(lines.get("self"), 1), segments,
                forgotten(lines.get("forgotten")), forgotten(lines.get("cut")), forgets));
    }

    private static FileIdentity identity(String[] words, int from) {
        return new FileIdentity(Long.parseLong(words[from]), Long.parseLong(words[from + 1]));
    }

    private static Index.Forgotten forgotten(String[] words) {
        return new Index.Forgotten(Long.parseLong(words[1]), Long.parseLong(words[2]));
    }
}
