package dev.tinysse.broker.delivery;

import dev.tinysse.broker.dispatch.BackPressure;
import dev.tinysse.broker.dispatch.Dispatcher;
import dev.tinysse.broker.dispatch.NanoClock;
import dev.tinysse.broker.log.EventLog;
import dev.tinysse.broker.presence.Presence;
import dev.tinysse.broker.progress.InFlight;
import dev.tinysse.broker.publish.DecisionSequence;
import dev.tinysse.broker.replay.History;
import dev.tinysse.broker.replay.ReplayReader;
import dev.tinysse.broker.stream.BrokerConfig;
import dev.tinysse.broker.stream.StreamFormat;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;

/**
 * The parts that all fan-out threads of a broker share; each part is safe for any thread.
 *
 * @param losses messages that slow streams have lost
 * @param open the streams whose owners have not been notified of their end
 * @param presence who is on which channel, if that is to be known
 * @param clock for all times of streams
 * @param memory what each of the threads may use
 */
public record BrokerParts(BrokerConfig config, EventLog log, Dispatcher dispatcher, ReplayReader replays,
        History history, StreamFormat format, HookThreads hooks, LongAdder losses, BackPressure backPressure,
        DecisionSequence decisions, InFlight open, Optional<Presence> presence, NanoClock clock,
        MemoryLimits memory) {}
