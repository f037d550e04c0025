package dev.tinysse.server.logging;

import java.util.logging.LogManager;

/**
 * A log manager that never lets go of its handlers. The JDK's own does so as soon as the process is asked to exit,
 * while the server still has streams to drain and something to say about it. Nor does this one look for a configuration
 * file.
 */
public final class LastingLogManager extends LogManager {

    /** For the JDK, which finds this class by its name. */
    public LastingLogManager() {
        super();
    }

    @Override
    public void readConfiguration() {
        // all there is to configure is in Logging
    }

    @Override
    public void reset() {
        // handlers stay to the end
    }
}
