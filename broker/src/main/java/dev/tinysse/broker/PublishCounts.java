package dev.tinysse.broker;

import dev.tinysse.broker.log.PublishResult;
import java.util.concurrent.atomic.LongAdder;

/** How many messages were published on this node, and how many hooks have refused. Safe for any thread. */
final class PublishCounts {
    private final LongAdder published = new LongAdder();
    private final LongAdder refused = new LongAdder();

    void add(PublishResult result) {
        switch (result) {
            case PublishResult.Accepted _,PublishResult.Empty _ -> published.increment();
            case PublishResult.Refused _ -> refused.increment();
        }
    }

    long published() {
        return published.sum();
    }

    long refused() {
        return refused.sum();
    }
}
