package dev.tinysse.broker;

import dev.tinysse.broker.log.EventLog;
import java.util.function.LongSupplier;

/**
 * What all fan-out threads of a broker share; each part is safe for any thread.
 *
 * @param clock nanoseconds that never go back, as of {@link System#nanoTime}, for all times of streams
 * @param memory what each of the threads may use
 */
record BrokerParts(BrokerConfig config, EventLog log, Dispatcher dispatcher, ReplayReader replays, ReplayStarts starts,
        StreamFormat format, HookThreads hooks, LossCounter losses, BackPressure backPressure,
        PublishCalls publishCalls, LongSupplier clock, MemoryLimits memory) {}
