package dev.tinysse.server.proxies;

import dev.tinysse.server.sockets.IpAddresses;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The reverse proxies that are trusted to set the address of a client, and the header in which they do. Immutable.
 *
 * @param networks where they are
 * @param unix whether those on a Unix domain socket are among them
 * @param forwarded whether they set {@code Forwarded}; else they set {@code X-Forwarded-For} and {@code X-Forwarded-Proto}. A proxy
 *        passes on the header that it does not set, with any value that its client chose, so only one of the two is read
 */
public record TrustedProxies(List<Network> networks, boolean unix, boolean forwarded) {
    /** No proxy at all. */
    public static final TrustedProxies NONE = new TrustedProxies(List.of(), false, false);

    private static final String FORWARDED = "forwarded";

    /** Copies the networks. */
    public TrustedProxies {
        networks = List.copyOf(networks);
    }

    /**
     * Reads a list of networks.
     *
     * @param text networks, addresses, {@code unix} and {@code forwarded}, with commas between them; blank for no proxy
     * @return the proxies; empty if the text is no such list, or names no proxy beside {@code forwarded}
     */
    public static Optional<TrustedProxies> parse(String text) {
        if (text.isBlank()) {
            return Optional.of(NONE);
        }
        List<String> names = Arrays.stream(text.split(",", -1)).map(String::strip).toList();
        List<Optional<Network>> networks = names.stream()
                .filter(name -> !name.equals(Client.UNIX) && !name.equals(FORWARDED)).map(Network::parse).toList();
        if (!networks.stream().allMatch(Optional::isPresent)) {
            return Optional.empty();
        }
        return Optional.of(new TrustedProxies(networks.stream().map(Optional::get).toList(),
                names.contains(Client.UNIX), names.contains(FORWARDED))).filter(proxies -> !proxies.isEmpty());
    }

    /** {@return whether no proxy is trusted} */
    public boolean isEmpty() {
        return networks.isEmpty() && !unix;
    }

    /**
     * Finds the client of a request by what proxies say, read from the right as long as the speaker is trusted.
     *
     * @param peer the other end of the connection
     * @param said what the request says of it
     * @return the client; the peer if that is not trusted, or says nothing that is an address
     */
    public Client resolve(Client peer, Said said) {
        if (!trusts(peer)) {
            return peer;
        }
        return forwarded ? byElements(peer, said.forwarded()) : byAddresses(peer, said);
    }

    private Client byElements(Client peer, String forwarded) {
        ForwardedElements elements = new ForwardedElements(forwarded);
        Client client = peer;
        while (trusts(client) && elements.hasNext()) {
            Optional<Map<String, String>> element = elements.next();
            if (element.isEmpty()) {
                return client;
            }
            if (element.get().isEmpty()) {
                continue; // an empty element of a list
            }
            client = client.speaking(element.get().getOrDefault("proto", ""));
            Optional<Client> before = client.at(element.get().getOrDefault("for", ""));
            if (before.isEmpty()) {
                return client;
            }
            client = before.get();
        }
        return client;
    }

    private Client byAddresses(Client peer, Said said) {
        List<String> addresses = list(said.addresses());
        List<String> schemes = list(said.schemes());
        boolean oneEach = schemes.size() == addresses.size();
        Client client = oneEach || schemes.isEmpty() ? peer : peer.speaking(schemes.getLast());
        for (int i = addresses.size() - 1; i >= 0 && trusts(client); i--) {
            client = oneEach ? client.speaking(schemes.get(i)) : client;
            Optional<Client> before = client.at(addresses.get(i));
            if (before.isEmpty()) {
                return client;
            }
            client = before.get();
        }
        return client;
    }

    private static List<String> list(String header) {
        return Arrays.stream(header.split(",")).map(String::strip).filter(part -> !part.isEmpty()).toList();
    }

    private boolean trusts(Client client) {
        return client.ip().equals(Client.UNIX)
                ? unix
                : IpAddresses.parse(client.ip()).filter(address -> networks.stream()
                        .anyMatch(network -> network.contains(address))).isPresent();
    }

    /**
     * The headers of a request, each with all its lines and commas between them; empty where it is not there.
     *
     * @param forwarded {@code Forwarded}
     * @param addresses {@code X-Forwarded-For}
     * @param schemes {@code X-Forwarded-Proto}
     */
    public record Said(String forwarded, String addresses, String schemes) {}
}
