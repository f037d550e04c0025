package dev.tinysse.server;

import dev.tinysse.broker.Broker;
import dev.tinysse.broker.DrainResult;
import dev.tinysse.server.component.Component;
import dev.tinysse.server.component.Deadline;
import dev.tinysse.server.http.Lifecycle;
import dev.tinysse.server.scripts.Ticker;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;

/** The work of a server that runs: publishes, streams, and calls of {@code tick}. Its stop completes what has begun. */
final class Drain implements Component {
    private static final Logger LOG = System.getLogger("tinysse");
    /** The part of the drain time that is reserved for sending streams the last messages, and for ending them. */
    private static final Duration LAST_DELIVERY = Duration.ofSeconds(1);

    private final Lifecycle lifecycle;
    private final Broker broker;
    private final Ticker ticker;
    private boolean started;

    Drain(Lifecycle lifecycle, Broker broker, Ticker ticker) {
        this.lifecycle = lifecycle;
        this.broker = broker;
        this.ticker = ticker;
    }

    @Override
    public void start() {
        started = true;
        ticker.start();
    }

    @Override
    public void stop(Deadline deadline) throws InterruptedException {
        if (!started) {
            return;
        }
        lifecycle.stop();
        LOG.log(Level.INFO, "Stopping: streams=%d drain-timeout=%dms".formatted(broker.streams(),
                deadline.budget().toMillis()));
        broker.awaitPublishes(forPublishes(deadline.budget())); // those that still wait are rejected because the server stops
        ticker.end();
        DrainResult drained = broker.drain(deadline.left());
        int publishes = broker.awaitPublishes(deadline.left());
        int ticks = ticker.await(deadline.left()) ? 0 : 1;
        if (!drained.isComplete() || publishes + ticks > 0) {
            LOG.log(Level.WARNING, leftovers(drained.streamsCutOff(), publishes, drained.hooksLeft() + ticks));
        }
    }

    /** Publish hooks that have begun get nearly all the time: their clients expect a delivery, or will send again. */
    private static Duration forPublishes(Duration budget) {
        Duration half = budget.dividedBy(2);
        return half.compareTo(LAST_DELIVERY) < 0 ? half : budget.minus(LAST_DELIVERY);
    }

    private static String leftovers(int streams, int publishes, int hooks) {
        return "drain timeout exceeded:" + (streams > 0 ? " unfinished-streams=" + streams : "")
                + (publishes > 0 ? " unfinished-publishes=" + publishes : "")
                + (hooks > 0 ? " unfinished-hooks=" + hooks : "");
    }
}
