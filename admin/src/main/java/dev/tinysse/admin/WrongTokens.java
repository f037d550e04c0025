package dev.tinysse.admin;

import dev.tinysse.api.internal.LogThrottle;
import dev.tinysse.server.sockets.IpAddresses;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.Inet6Address;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Counts wrong tokens, warns of them, and throttles clients that guess. A client may send {@value #BURST} in a row, and one every
 * {@value #SECONDS} s from then on; all clients together may send {@value #BURST_OF_ALL}, and {@value #PER_SECOND_OF_ALL} per second.
 * Beyond that a token is rejected unseen, unless its client has sent the right one within {@link #PROOF}: the right token of such a
 * client is always accepted, and its wrong ones do not count for other clients. Safe for any thread.
 */
final class WrongTokens {
    /** Wrong tokens in a row of one client. */
    static final int BURST = 20;
    /** After this time a throttled client may try once more. */
    static final int SECONDS = 3;
    /** Wrong tokens in a row of all clients. */
    static final int BURST_OF_ALL = 100;
    /** Wrong tokens per second of all clients, from then on. */
    static final int PER_SECOND_OF_ALL = 5;
    /** How long the right token is accepted from a client that has sent it. */
    static final Duration PROOF = Duration.ofDays(1);
    /** Clients with the right token that are remembered, those with the latest. */
    static final int MAX_PROVEN = 1000;

    private static final Logger LOG = System.getLogger("tinysse");
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final long INTERVAL = SECONDS * SECOND;
    private static final long INTERVAL_OF_ALL = SECOND / PER_SECOND_OF_ALL;
    private static final int SUBNET_BYTES = 8;

    private final LongSupplier clock;
    private final LogThrottle log;
    /**
     * By client, the time at which its wrong tokens are forgotten; the one with the latest wrong token is the last. The limit of all
     * clients is also one on the size.
     */
    private final Map<String, Long> forgotten = new LinkedHashMap<>();
    /** By client, the time at which it no longer counts that it has sent the right token; the latest is the last. */
    private final Map<String, Long> proven = new LinkedHashMap<>();
    private long allForgotten;
    private long all;

    /**
     * No wrong tokens yet.
     *
     * @param clock nanoseconds, as of {@link System#nanoTime}
     */
    WrongTokens(LongSupplier clock) {
        this.clock = clock;
        long now = clock.getAsLong();
        this.log = LogThrottle.perInterval(Duration.ofMinutes(1), clock);
        this.allForgotten = now;
    }

    /**
     * Counts a token that was sent.
     *
     * @param address of the client, as a literal, or {@code unix}
     * @param right whether it is the admin token
     * @return whether the client may go on; the same for any token of a throttled client that has not sent the right one before
     */
    synchronized TokenVerdict count(String address, boolean right) {
        String client = client(address);
        long now = clock.getAsLong();
        dropOld(now);
        boolean known = proven.containsKey(client);
        long left = left(forgotten.getOrDefault(client, now), now);
        long leftOfAll = left(allForgotten, now);
        long wait = Math.max(left - (BURST - 1) * INTERVAL,
                known ? 0 : leftOfAll - (BURST_OF_ALL - 1) * INTERVAL_OF_ALL);
        if (right && (known || wait <= 0)) {
            prove(client, now);
            return new TokenVerdict.Valid();
        }
        if (wait > 0) {
            return throttle(address, (wait + SECOND - 1) / SECOND);
        }
        forgotten.remove(client);
        forgotten.put(client, now + left + INTERVAL);
        if (!known) {
            allForgotten = now + leftOfAll + INTERVAL_OF_ALL;
        }
        all++;
        if (log.isDue("invalid")) {
            LOG.log(Level.WARNING, "invalid admin token: client=%s total=%d".formatted(address, all));
        }
        return new TokenVerdict.Invalid();
    }

    private void prove(String client, long now) {
        forgotten.remove(client);
        proven.remove(client);
        proven.put(client, now + PROOF.toNanos());
        if (proven.size() > MAX_PROVEN) {
            proven.remove(proven.keySet().iterator().next());
        }
    }

    private TokenVerdict throttle(String address, long seconds) {
        if (log.isDue("throttled")) {
            LOG.log(Level.WARNING,
                    """
                            admin tokens are throttled: client=%s retry-after=%ds; block clients that guess, or use an address that \
                            has sent the right token within a day; behind a reverse proxy set --trusted-proxies"""
                            .formatted(address, seconds));
        }
        return new TokenVerdict.Throttled(seconds);
    }

    private void dropOld(long now) {
        dropOld(forgotten, now);
        dropOld(proven, now);
    }

    private static void dropOld(Map<String, Long> ends, long now) {
        Iterator<Long> eldest = ends.values().iterator();
        while (eldest.hasNext() && eldest.next() - now <= 0) {
            eldest.remove();
        }
    }

    private static long left(long end, long now) {
        return Math.max(0, end - now);
    }

    /** An IPv4 address, or the /64 of an IPv6 address: a client has all addresses of its /64. */
    private static String client(String address) {
        return IpAddresses.parse(address).filter(Inet6Address.class::isInstance)
                .map(ip -> HexFormat.of().formatHex(Arrays.copyOf(ip.getAddress(), SUBNET_BYTES))).orElse(address);
    }
}
