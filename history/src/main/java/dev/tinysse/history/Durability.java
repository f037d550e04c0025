package dev.tinysse.history;

/** The failures that a committed append survives. */
enum Durability {
    /** A loss of power: the disk has it. */
    SYNCED,
    /** The end of the process: the operating system has it. */
    WRITTEN
}
