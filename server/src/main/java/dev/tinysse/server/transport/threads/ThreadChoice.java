package dev.tinysse.server.transport.threads;

/** How the threads of connections run. */
public enum ThreadChoice {
    /** On event loops, until a request computes much or waits. */
    EVENT_LOOPS,
    /** As the JDK schedules virtual threads. */
    JDK;

    /** The system property that chooses {@link #JDK} although event loops are possible. */
    private static final String USE_JDK = "tinysse.threads.jdk";

    /** {@return event loops, if the JDK lets virtual threads run there, and the system property does not say otherwise} */
    public static ThreadChoice ofThisJvm() {
        return VirtualThreads.haveSchedulers() && !Boolean.getBoolean(USE_JDK) ? EVENT_LOOPS : JDK;
    }

    /** {@return new threads of that kind} */
    public ConnectionThreads create() {
        return this == EVENT_LOOPS ? new EventLoops() : new JdkThreads();
    }
}
