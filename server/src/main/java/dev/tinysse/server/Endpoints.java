package dev.tinysse.server;

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
            endpoints.add(of(address, settings));
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
            endpoints.add(switch (address) {
                case ListenAddress.Tcp tcp -> tcp(tcp, tcp.tls());
                case ListenAddress.Unix unix -> Endpoint.unix(unix.path(), settings.listenMode());
            });
        }
        return endpoints;
    }

    private static Endpoint of(ListenAddress address, Settings settings) throws StartException {
        return switch (address) {
            case ListenAddress.Tcp tcp -> tcp(tcp, settings.isTls(tcp));
            case ListenAddress.Unix unix -> Endpoint.unix(unix.path(), settings.listenMode());
        };
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
