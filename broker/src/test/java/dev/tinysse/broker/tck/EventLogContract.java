package dev.tinysse.broker.tck;

import dev.tinysse.broker.log.EventLog;
import dev.tinysse.broker.log.LogConfig;
import dev.tinysse.broker.log.LogException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;

/**
 * The contract of every event log. A log is checked by a class in its tests:
 * {@snippet :
 * class MyLogContractTest extends EventLogContract {
 *     @Override
 *     protected EventLog open(LogConfig config) throws LogException {
 *         return new MyLog(config);
 *     }
 * }}
 */
@Timeout(60)
public abstract class EventLogContract
        implements
            OrderContract,
            TogetherContract,
            PagesContract,
            LimitsContract,
            ForgottenContract,
            ForgetContract,
            IdsContract,
            KeysContract,
            ManyThreadsContract {
    private LogRig rig;

    /**
     * Opens the log to check, empty.
     *
     * @param config what it keeps
     * @return the log, which nobody follows yet
     * @throws LogException if it cannot be opened
     */
    protected abstract EventLog open(LogConfig config) throws LogException;

    @BeforeEach
    final void begin() {
        rig = new LogRig(this::open);
    }

    @AfterEach
    final void end() {
        rig.close();
    }

    @Override
    public final LogRig rig() {
        return rig;
    }
}
