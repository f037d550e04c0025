package dev.tinysse.streams.model;

/** What a decision has to know of the store. */
public interface StoreState {
    /** {@return whether there is no room for the request} */
    boolean full();

    /** {@return a number larger than all before, for a lineage or a stream} */
    long next();

    /** {@return the numbers so far} */
    LineageEpoch epoch();
}
