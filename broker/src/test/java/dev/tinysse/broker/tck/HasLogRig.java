package dev.tinysse.broker.tck;

/** The common part of the kit. */
interface HasLogRig {
    /** {@return what drives the log of the present test} */
    LogRig rig();
}
