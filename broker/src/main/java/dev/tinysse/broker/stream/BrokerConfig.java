package dev.tinysse.broker.stream;

import java.time.Duration;
import java.util.Objects;

/**
 * How a broker behaves. Nothing in it is null, and no duration is negative.
 *
 * @param capacity messages of a channel that a stream may be behind, at least 1; beyond it the oldest are lost, or read again
 * @param keepAlive interval of keep-alive comments on idle streams; zero disables them
 * @param timeout maximum lifetime of a stream; zero for unlimited
 * @param timeoutRetry the reconnection delay after a timeout, unless the {@code timeout} hook returns another one
 * @param writeTimeout time after which a stream whose client accepts no data is closed; zero for unlimited
 * @param workers fan-out threads, at least 1
 * @param channels whether there are other channels than the default one
 * @param presence whether the broker knows who is on which channel
 */
public record BrokerConfig(int capacity, Duration keepAlive, Duration timeout, RetryDelay timeoutRetry,
        Duration writeTimeout, int workers, boolean channels, boolean presence) {
    /** Checks the ranges. */
    public BrokerConfig {
        if (capacity < 1) {
            throw new IllegalArgumentException("capacity must be at least 1: capacity=" + capacity);
        }
        if (workers < 1) {
            throw new IllegalArgumentException("workers must be at least 1: workers=" + workers);
        }
        requireNotNegative("keepAlive", keepAlive);
        requireNotNegative("timeout", timeout);
        Objects.requireNonNull(timeoutRetry);
        requireNotNegative("writeTimeout", writeTimeout);
    }

    private static void requireNotNegative(String name, Duration duration) {
        if (duration.isNegative()) {
            throw new IllegalArgumentException(name + " must not be negative: " + name + "=" + duration);
        }
    }
}
