package dev.tinysse.lua.runtime;

import dev.tinysse.lua.memory.CallMemory;

/**
 * The part of an engine's state that belongs to a call and not to all: saved while another call runs.
 *
 * @param running the running coroutine or main stack
 * @param stack how much of the Java stack is left
 * @param memory what is known of the memory that the call holds
 * @param unasked how many bytes it may still count before it asks whether it may go on
 * @param exhausted why the call must end; empty if it may go on
 */
public record CallState(RunningStack running, CallStack.State stack, CallMemory memory, long unasked,
        String exhausted) {}
