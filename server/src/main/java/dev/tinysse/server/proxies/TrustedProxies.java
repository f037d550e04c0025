package dev.tinysse.server.proxies;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The proxies whose word on the address of a client is taken. Immutable.
 *
 * @param networks where they are
 * @param unix whether those on a Unix domain socket are among them
 */
public record TrustedProxies(List<Network> networks, boolean unix) {
    /** No proxy at all. */
    public static final TrustedProxies NONE = new TrustedProxies(List.of(), false);

    /** Copies the networks. */
    public TrustedProxies {
        networks = List.copyOf(networks);
    }

    /**
     * Reads a list of networks.
     *
     * @param text networks, addresses and {@code unix}, with commas between them; blank for nobody
     * @return the proxies; empty if the text is no such list
     */
    public static Optional<TrustedProxies> parse(String text) {
        if (text.isBlank()) {
            return Optional.of(NONE);
        }
        List<String> names = Arrays.stream(text.split(",", -1)).map(String::strip).toList();
        List<Optional<Network>> networks = names.stream().filter(name -> !name.equals(Client.UNIX)).map(Network::parse)
                .toList();
        return networks.stream().allMatch(Optional::isPresent)
                ? Optional.of(new TrustedProxies(networks.stream().map(Optional::get).toList(),
                        names.contains(Client.UNIX)))
                : Optional.empty();
    }

    /** {@return whether nobody is trusted} */
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
        return said.forwarded().isEmpty() ? byAddresses(peer, said) : byElements(peer, said.forwarded());
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
     * @param forwarded {@code Forwarded}, which wins over the others
     * @param addresses {@code X-Forwarded-For}
     * @param schemes {@code X-Forwarded-Proto}
     */
    public record Said(String forwarded, String addresses, String schemes) {}
}
