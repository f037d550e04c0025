package dev.tinysse.lua.memory;

/** The memory that one call holds, as far as it is known. Only {@link Ledger} changes it, under its lock. */
public final class CallMemory {

    /** Of a call without a limit, which nobody watches. */
    public static final CallMemory UNLIMITED = new CallMemory(0);

    private static final long MAX_STEP = 1 << 20;

    private final long limit;
    /** The live memory at the last collection. */
    private long held;
    /** The memory that has grown old since then, dead or alive. */
    private long fresh;
    /** The memory taken while it ran since the last collection, that taken before a young collection for half. */
    private long taken;
    /** The memory that the call has reported since the last collection. */
    private long counted;
    private boolean refused;
    private volatile boolean listed;
    private volatile boolean ended;

    private CallMemory(long limit) {
        this.limit = limit;
    }

    /** Of a new call that may hold so many bytes, 0 for any number. */
    public static CallMemory of(long limit) {
        return limit == 0 ? UNLIMITED : new CallMemory(limit);
    }

    /** Whether there is a limit. */
    public boolean isLimited() {
        return limit != 0;
    }

    /** How many bytes the call may hold. */
    public long limit() {
        return limit;
    }

    /** After how many bytes counted the call asks the ledger. */
    public long step() {
        return isLimited() ? Math.min(MAX_STEP, limit / 4) : Long.MAX_VALUE;
    }

    /** Whether the ledger has found anything that may be the call's. */
    boolean isListed() {
        return listed;
    }

    /** Whether {@link Ledger#end} has been called. */
    boolean hasEnded() {
        return ended;
    }

    /** Marks the call as ended, which goes before a look at {@link #isListed}. */
    void ended() {
        ended = true;
    }

    void listed(boolean now) {
        listed = now;
    }

    long held() {
        return held;
    }

    long fresh() {
        return fresh;
    }

    long taken() {
        return taken;
    }

    long counted() {
        return counted;
    }

    /** Whether the call ends because it has been refused what it asked for. */
    boolean isRefused() {
        return refused;
    }

    void refuse() {
        refused = true;
    }

    /** The most that the call can hold of what has grown old. */
    long claimed() {
        return held + fresh;
    }

    void claim(long bytes) {
        fresh += bytes;
    }

    void take(long bytes) {
        taken += bytes;
    }

    /** After a young collection. */
    void age() {
        taken /= 2;
    }

    void count(long bytes) {
        counted += bytes;
    }

    /** After a collection of which so much of what was held, and of what was fresh, is left. */
    void settle(double kept, double survived) {
        held = (long) (held * kept + fresh * survived);
        fresh = 0;
        taken = 0;
        counted = 0;
    }
}
