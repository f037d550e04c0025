package dev.tinysse.server;

import dev.tinysse.server.component.StartException;
import dev.tinysse.server.settings.ListenAddress;
import dev.tinysse.server.settings.Settings;
import dev.tinysse.server.sockets.Endpoint;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

/** Makes endpoints of configured addresses. */
final class Endpoints {
    private Endpoints() {}

    /**
     * Where a server listens.
     *
     * @throws StartException if there is no such host
     */
    static List<Endpoint> of(Settings settings) throws StartException {
        List<Endpoint> endpoints = new ArrayList<>();
        for (ListenAddress address : settings.listen()) {
            endpoints.add(of(address, settings.isTls(address), settings));
        }
        return endpoints;
    }

    /**
     * Where operators are listened to, with TLS only where an address says so.
     *
     * @throws StartException if there is no such host
     */
    static List<Endpoint> ofAdmin(Settings settings) throws StartException {
        List<Endpoint> endpoints = new ArrayList<>();
        for (ListenAddress address : settings.admin().listen().orElse(List.of())) {
            endpoints.add(of(address, address.isMarkedTls(), settings));
        }
        return endpoints;
    }

    private static Endpoint of(ListenAddress address, boolean tls, Settings settings) throws StartException {
        return address instanceof ListenAddress.Tcp tcp // for a switch the JDK would generate a class at each start
                ? tcp(tcp, tls)
                : Endpoint.unix(((ListenAddress.Unix) address).path(), settings.listenMode());
    }

    private static Endpoint tcp(ListenAddress.Tcp address, boolean tls) throws StartException {
        InetSocketAddress resolved = new InetSocketAddress(address.host(), address.port());
        if (resolved.isUnresolved()) {
            throw new StartException("cannot listen on " + address.text() + ": unknown host");
        }
        String name = address.host().contains(":") ? "[" + address.host() + "]" : address.host();
        return Endpoint.tcp(name, resolved, tls);
    }
}
