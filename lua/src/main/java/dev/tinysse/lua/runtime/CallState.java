package dev.tinysse.lua.runtime;

import dev.tinysse.lua.coroutine.Coroutine;

/**
 * What of an engine's state belongs to a call and not to all: kept while another call runs.
 *
 * @param running the running coroutine or main stack
 * @param stack how much of the Java stack is left
 * @param memory how many bytes the call may still take
 * @param exhausted why the call must end; empty if it may go on
 */
public record CallState(Coroutine running, CallStack.State stack, long memory, String exhausted) {}
