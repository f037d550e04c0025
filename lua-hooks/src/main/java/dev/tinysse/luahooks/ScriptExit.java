package dev.tinysse.luahooks;

import dev.tinysse.lua.frames.Failures;
import dev.tinysse.lua.value.ExitRequest;
import java.util.function.IntConsumer;

/**
 * The effect of {@code os.exit}: at the top level and in {@code startup} it ends the program, later it is an error, unless the
 * sandbox is lifted. Only for a thread that holds the lock of the engine.
 */
final class ScriptExit implements IntConsumer {
    private static final int MASK = 0xff;

    private final ScriptPhase phase;
    private final boolean unsafe;
    private final IntConsumer process;

    /**
     * @param unsafe whether the sandbox is lifted
     * @param process ends the process
     */
    ScriptExit(ScriptPhase phase, boolean unsafe, IntConsumer process) {
        this.phase = phase;
        this.unsafe = unsafe;
        this.process = process;
    }

    @Override
    public void accept(int status) {
        if (phase.isStarting()) {
            throw new ExitRequest(status & MASK);
        }
        if (!unsafe) {
            throw Failures.ofCaller("os.exit is allowed at the top level and in startup only");
        }
        process.accept(status & MASK);
    }
}
