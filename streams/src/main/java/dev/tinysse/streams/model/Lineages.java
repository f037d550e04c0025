package dev.tinysse.streams.model;

/**
 * The lineages of a stream, the newest first, each with the position at which it begins. A lineage ends where the next one begins, and
 * the newest one at the tail. The position at which two meet belongs to the older one, which issued it. Immutable, so that a fork shares
 * those of its source.
 */
public final class Lineages {
    /** Those of a stream without a byte. */
    static final Lineages NONE = new Lineages(0, 0, null);

    private final long number;
    private final long start;
    private final Lineages older;

    private Lineages(long number, long start, Lineages older) {
        this.number = number;
        this.start = start;
        this.older = older;
    }

    /** These, and one that begins at a position. */
    Lineages with(long next, long position) {
        return new Lineages(next, position, this == NONE ? null : this);
    }

    /** Those that have bytes before a position. */
    Lineages before(long position) {
        Lineages newest = this;
        while (newest != null && newest.start >= position) {
            newest = newest.older;
        }
        return newest == null ? NONE : newest;
    }

    /** Whether the newest one is of this run of the server, and begins at this position or behind. */
    boolean isCurrent(long base, long run) {
        return this != NONE && start >= base && number >= run;
    }

    /** The offset of a position, which is not behind the tail. */
    public Offset at(long position) {
        return position == 0 ? Offset.BEGINNING : new Offset(before(position).number, position);
    }

    /**
     * The meaning of an offset.
     *
     * @param tail of the stream
     * @param epoch what lineages there have been
     */
    public Resolved resolve(Offset offset, long tail, LineageEpoch epoch) {
        long position = offset.position();
        if (position == 0 || offset.lineage() == 0 || offset.lineage() > epoch.newest()) {
            return new Resolved.NeverIssued();
        }
        if (this != NONE) {
            long end = tail;
            for (Lineages lineage = this; lineage != null; lineage = lineage.older) {
                if (lineage.number == offset.lineage()) {
                    return lineage.resolve(position, end, lineage == this && lineage.number >= epoch.run());
                }
                end = lineage.start;
            }
        }
        return new Resolved.Lost();
    }

    private Resolved resolve(long position, long end, boolean growing) {
        if (position <= start) {
            return new Resolved.NeverIssued();
        }
        if (position <= end) {
            return new Resolved.Position(position);
        }
        return growing ? new Resolved.NeverIssued() : new Resolved.Lost();
    }
}
