package dev.tinysse.broker.tck;

/** What the parts of the kit have in common. */
interface HasLogRig {
    /** {@return what drives the log of the present test} */
    LogRig rig();
}
