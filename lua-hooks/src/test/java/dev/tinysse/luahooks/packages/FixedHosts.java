package dev.tinysse.luahooks.packages;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.net.spi.InetAddressResolver;
import java.net.spi.InetAddressResolverProvider;
import java.util.stream.Stream;

/** Looks names of test domains up without the network: those under {@code .test} are this machine, those under {@code .invalid} are none. */
public final class FixedHosts extends InetAddressResolverProvider {

    @Override
    public InetAddressResolver get(Configuration configuration) {
        InetAddressResolver usual = configuration.builtinResolver();
        return new InetAddressResolver() {
            @Override
            public Stream<InetAddress> lookupByName(String host, LookupPolicy policy) throws UnknownHostException {
                if (host.endsWith(".invalid")) {
                    throw new UnknownHostException(host + ": unknown");
                }
                return host.endsWith(".test")
                        ? Stream.of(InetAddress.ofLiteral("127.0.0.1"))
                        : usual.lookupByName(host, policy);
            }

            @Override
            public String lookupByAddress(byte[] address) throws UnknownHostException {
                return usual.lookupByAddress(address);
            }
        };
    }

    @Override
    public String name() {
        return "fixed hosts of tests";
    }
}
