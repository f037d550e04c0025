package dev.tinysse.server.logging;

/**
 * Makes the loggers of the process, which hand their records to java.util.logging. The JDK has a finder that does the same, but looks
 * for others in each jar of the class path first, and does not if a module brings one. Any thread may call it.
 */
public final class LogFinder extends System.LoggerFinder {

    /** For the JDK, which finds this class as a service. */
    public LogFinder() {
        super();
    }

    @Override
    public System.Logger getLogger(String name, Module module) {
        return new ForwardingLogger(java.util.logging.Logger.getLogger(name));
    }
}
