package dev.tinysse.api;

import java.util.Map;

/**
 * The services of the server for the hooks of a script. Safe for any thread, and for as long as the server runs. For the log there is
 * {@link System#getLogger}, whatever the name.
 */
public interface HookContext {
    /**
     * The server's options, those that a script's {@code startup} is given: by the names of the flags with underscores,
     * {@code listen}, {@code keep_alive} and so on. Texts, {@link Boolean}, and numbers as {@link Long}, times in
     * milliseconds. Absent options are not in it.
     *
     * @return the options, unmodifiable
     */
    Map<String, Object> options();

    /** {@return name and version of the server, such as {@code tinysse/1.0.0}} */
    String server();

    /**
     * Says that the hook call on this thread is going to block. The server then continues elsewhere with the calls that
     * were to follow on this thread. Harmless outside {@link Hooks#message}.
     */
    void aboutToWait();

    /**
     * The operations of hooks on channels and streams. Available from {@code startup} on.
     *
     * @return the same object each time
     * @throws IllegalStateException at the top level of a script, or outside a server
     */
    default Channels channels() {
        throw new IllegalStateException("there are no channels outside a server");
    }
}
