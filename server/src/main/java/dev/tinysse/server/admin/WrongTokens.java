package dev.tinysse.server.admin;

import dev.tinysse.server.logging.LineAMinute;
import dev.tinysse.server.proxies.IpAddresses;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.Inet6Address;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Counts wrong tokens by client, warns of them, and throttles clients that guess: an address may send {@value #BURST} in a row, and
 * one every {@value #SECONDS} s from then on. Until then its tokens are rejected unseen. Safe for any thread.
 */
final class WrongTokens {
    /** Wrong tokens in a row. */
    static final int BURST = 20;
    /** After this time a throttled address may try once more. */
    static final int SECONDS = 3;
    /** Addresses that are remembered, those with the latest wrong tokens. */
    static final int MAX_CLIENTS = 1000;

    private static final Logger LOG = System.getLogger("tinysse");
    private static final long INTERVAL = TimeUnit.SECONDS.toNanos(SECONDS);
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final int SUBNET_BYTES = 8;

    private final LongSupplier clock;
    private final LineAMinute line;
    /** By client, the time at which its wrong tokens are forgotten; the one with the latest wrong token is the last. */
    private final Map<String, Long> forgotten = new LinkedHashMap<>();
    private long all;

    /**
     * No wrong tokens yet.
     *
     * @param clock nanoseconds, as of {@link System#nanoTime}
     */
    WrongTokens(LongSupplier clock) {
        this.clock = clock;
        this.line = new LineAMinute(clock.getAsLong());
    }

    /**
     * Counts a token that was sent.
     *
     * @param address of the client, as a literal, or {@code unix}
     * @param right whether it is the admin token
     * @return whether the client may go on; not while it is throttled, whatever it has sent
     */
    synchronized TokenVerdict count(String address, boolean right) {
        String client = client(address);
        long now = clock.getAsLong();
        long left = Math.max(0, forgotten.getOrDefault(client, now) - now);
        long wait = left - (BURST - 1) * INTERVAL;
        if (wait > 0) {
            return new TokenVerdict.Throttled((wait + SECOND - 1) / SECOND);
        }
        if (right) {
            return new TokenVerdict.Valid();
        }
        forgotten.remove(client);
        forgotten.put(client, now + left + INTERVAL);
        if (forgotten.size() > MAX_CLIENTS) {
            forgotten.remove(forgotten.keySet().iterator().next());
        }
        all++;
        if (line.isDue(now)) {
            LOG.log(Level.WARNING, "invalid admin token: client=%s total=%d".formatted(address, all));
        }
        return new TokenVerdict.Invalid();
    }

    /** An IPv4 address, or the /64 of an IPv6 address: a client has all addresses of its /64. */
    private static String client(String address) {
        return IpAddresses.parse(address).filter(Inet6Address.class::isInstance)
                .map(ip -> HexFormat.of().formatHex(Arrays.copyOf(ip.getAddress(), SUBNET_BYTES))).orElse(address);
    }
}
