package dev.tinysse.broker;

/**
 * The work that had not ended when a drain was over.
 *
 * @param streamsCutOff streams that had not had everything, and were cut off
 * @param hooksLeft calls of hooks that had begun with streams and had not returned
 */
public record DrainResult(int streamsCutOff, int hooksLeft) {
    /** {@return whether everything ended as it should} */
    public boolean isComplete() {
        return streamsCutOff == 0 && hooksLeft == 0;
    }
}
