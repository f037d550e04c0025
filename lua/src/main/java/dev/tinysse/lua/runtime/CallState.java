package dev.tinysse.lua.runtime;

import dev.tinysse.lua.coroutine.Coroutine;

/**
 * What of an engine's state belongs to a call and not to all: kept while another call runs.
 *
 * @param running the running coroutine or main stack
 * @param tailCalls how many calls in tail position are on the Java stack
 * @param memory how many bytes the call may still take
 * @param exhausted why the call must end; empty if it may go on
 */
public record CallState(Coroutine running, int tailCalls, long memory, String exhausted) {
}
