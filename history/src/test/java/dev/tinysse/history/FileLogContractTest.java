package dev.tinysse.history;

import dev.tinysse.broker.log.EventLog;
import dev.tinysse.broker.log.LogConfig;
import dev.tinysse.broker.log.LogException;
import dev.tinysse.broker.tck.EventLogContract;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class FileLogContractTest extends EventLogContract {
    @TempDir
    private Path directory;

    @Override
    protected EventLog open(LogConfig config) throws LogException {
        return new FileLogProvider().open(directory.toUri(), config);
    }
}
