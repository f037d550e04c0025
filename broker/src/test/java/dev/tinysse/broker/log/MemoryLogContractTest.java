package dev.tinysse.broker.log;

import dev.tinysse.broker.tck.EventLogContract;

class MemoryLogContractTest extends EventLogContract {
    @Override
    protected EventLog open(LogConfig config) {
        return new MemoryLog(config);
    }
}
