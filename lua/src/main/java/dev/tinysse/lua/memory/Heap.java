package dev.tinysse.lua.memory;

/** The state of a heap that {@link Ledger} needs. Any thread may call it. */
interface Heap {

    /** How many bytes of what has outlived a young collection are in use, garbage included; cheap. */
    long old();

    /** How many bytes are in use that no collection has looked at, or not often enough; cheap. */
    long young();

    /** How many bytes have ever been taken, by anybody; cheap. */
    long allocated();

    /** How many bytes of {@link #old} there may be before the heap is in danger. */
    long room();

    /** How many bytes there may be at most: more than {@link #room}. */
    long capacity();

    /**
     * Collects all garbage, so that what is left in {@link #old} is live.
     *
     * @return false if an option of the JVM disables explicit collections
     */
    boolean collect();
}
