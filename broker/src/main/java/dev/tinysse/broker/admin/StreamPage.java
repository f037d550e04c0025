package dev.tinysse.broker.admin;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A page of streams.
 *
 * @param streams in the order of their ids
 * @param next the last of them, if others follow
 */
public record StreamPage(List<StreamInfo> streams, Optional<StreamId> next) {
    /** Copies the streams. */
    public StreamPage {
        streams = List.copyOf(streams);
    }

    /**
     * The first of several pages of the same query, of different threads or nodes.
     *
     * @param pages in any order
     * @param limit how many streams
     * @return the page of them together
     */
    public static StreamPage merge(List<StreamPage> pages, int limit) {
        List<StreamInfo> all = pages.stream().flatMap(page -> page.streams().stream())
                .sorted(Comparator.comparing(StreamInfo::id)).toList();
        boolean more = all.size() > limit || pages.stream().anyMatch(page -> page.next().isPresent());
        List<StreamInfo> first = all.size() > limit ? all.subList(0, limit) : all;
        return new StreamPage(first,
                Stream.of(first).filter(page -> more && !page.isEmpty()).map(page -> page.getLast().id()).findFirst());
    }
}
