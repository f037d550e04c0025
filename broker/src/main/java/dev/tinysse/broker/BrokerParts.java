package dev.tinysse.broker;

/** What all fan-out threads of a broker share; each part is safe for any thread. */
record BrokerParts(BrokerConfig config, Ring ring, StreamFormat format, HookThreads hooks, LossCounter losses,
        Pace pace, PublishCalls publishCalls) {}
