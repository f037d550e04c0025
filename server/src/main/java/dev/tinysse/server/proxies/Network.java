package dev.tinysse.server.proxies;

import dev.tinysse.server.sockets.IpAddresses;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.Optional;

/**
 * The addresses with the same first bits.
 *
 * @param first any of them
 * @param bits how many bits are the same, up to those of the address
 */
record Network(InetAddress first, int bits) {
    /** By how much the prefix of an IPv4 network is longer in the form of IPv6. */
    private static final int MAPPED_BITS = 96;

    /** Reads {@code ADDRESS/BITS}, or an address alone. */
    static Optional<Network> parse(String text) {
        int slash = text.indexOf('/');
        String address = slash < 0 ? text : text.substring(0, slash);
        Optional<InetAddress> first = IpAddresses.parse(address);
        if (first.isEmpty()) {
            return Optional.empty();
        }
        int all = Byte.SIZE * first.get().getAddress().length;
        if (slash < 0) {
            return Optional.of(new Network(first.get(), all));
        }
        int mapped = first.get() instanceof Inet4Address && address.contains(":") ? MAPPED_BITS : 0;
        return bits(text.substring(slash + 1)).map(bits -> bits - mapped).filter(bits -> bits >= 0 && bits <= all)
                .map(bits -> new Network(first.get(), bits));
    }

    private static Optional<Integer> bits(String text) {
        boolean number = !text.isEmpty() && text.length() <= 3 && text.chars().allMatch(c -> c >= '0' && c <= '9');
        return number ? Optional.of(Integer.valueOf(text)) : Optional.empty();
    }

    boolean contains(InetAddress address) {
        byte[] own = first.getAddress();
        byte[] other = address.getAddress();
        if (own.length != other.length) {
            return false;
        }
        for (int bit = 0; bit < bits; bit += Byte.SIZE) {
            int mask = 0xff << Math.max(0, Byte.SIZE - (bits - bit));
            if (((own[bit / Byte.SIZE] ^ other[bit / Byte.SIZE]) & mask & 0xff) != 0) {
                return false;
            }
        }
        return true;
    }
}
