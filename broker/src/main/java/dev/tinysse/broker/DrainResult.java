package dev.tinysse.broker;

/**
 * The work that had not ended when a drain was over.
 *
 * @param streamsCutOff streams that the end of the drain ended before they had all messages
 * @param hooksLeft calls of hooks that had begun with streams and had not returned
 */
public record DrainResult(int streamsCutOff, int hooksLeft) {
    /** {@return whether everything ended as it should} */
    public boolean isComplete() {
        return streamsCutOff == 0 && hooksLeft == 0;
    }
}
