package dev.tinysse.broker.log.memory;

import dev.tinysse.broker.log.EventLog;
import dev.tinysse.broker.log.LogConfig;
import dev.tinysse.broker.tck.EventLogContract;

class MemoryLogContractTest extends EventLogContract {
    @Override
    protected EventLog open(LogConfig config) {
        return new MemoryLog(config);
    }
}
