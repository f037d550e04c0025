package dev.tinysse.broker.admin;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A page of channels.
 *
 * @param channels by name
 * @param next the name of the last one, if others follow
 */
public record ChannelPage(List<ChannelInfo> channels, Optional<String> next) {
    /** Copies the channels. */
    public ChannelPage {
        channels = List.copyOf(channels);
    }

    /**
     * The first of several pages of the same query, of different nodes; channels that are in several are added up.
     *
     * @param pages in any order
     * @param limit how many channels
     * @return the page of them together
     */
    public static ChannelPage merge(List<ChannelPage> pages, int limit) {
        Map<String, ChannelInfo> all = new TreeMap<>();
        pages.forEach(
                page -> page.channels().forEach(channel -> all.merge(channel.name(), channel, ChannelInfo::plus)));
        // behind the end of a page that others follow, a channel may not be complete
        Optional<String> end = pages.stream().flatMap(page -> page.next().stream()).min(String::compareTo);
        List<ChannelInfo> known = all.values().stream()
                .filter(channel -> end.isEmpty() || channel.name().compareTo(end.get()) <= 0).toList();
        boolean more = end.isPresent() || known.size() > limit;
        List<ChannelInfo> first = known.size() > limit ? known.subList(0, limit) : known;
        return new ChannelPage(first, Stream.of(first).filter(page -> more && !page.isEmpty())
                .map(page -> page.getLast().name()).findFirst());
    }
}
