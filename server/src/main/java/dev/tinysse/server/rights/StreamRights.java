package dev.tinysse.server.rights;

import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which durable streams somebody may read, write and close. What is not allowed by one of the patterns is forbidden. Immutable.
 *
 * @param read patterns of names
 * @param write patterns of names
 * @param close patterns of names
 */
public record StreamRights(List<StreamPattern> read, List<StreamPattern> write, List<StreamPattern> close) {
    /** No right at all. */
    public static final StreamRights NONE = new StreamRights(List.of(), List.of(), List.of());
    static final String READ = "read:";
    static final String WRITE = "write:";
    static final String CLOSE = "close:";

    /** Takes copies. */
    public StreamRights {
        read = List.copyOf(read);
        write = List.copyOf(write);
        close = List.copyOf(close);
    }

    /** The rights among these texts, each of which is one, or a right of another kind. */
    static StreamRights of(Collection<String> texts) {
        return new StreamRights(patterns(texts, READ), patterns(texts, WRITE), patterns(texts, CLOSE));
    }

    private static List<StreamPattern> patterns(Collection<String> texts, String kind) {
        return texts.stream().filter(text -> text.startsWith(kind))
                .map(text -> new StreamPattern(text.substring(kind.length()))).toList();
    }

    /**
     * Whether a text is a right for durable streams.
     *
     * @param text not null
     */
    public static boolean isRight(String text) {
        return Stream.of(READ, WRITE, CLOSE)
                .anyMatch(kind -> text.startsWith(kind) && StreamPattern.isPattern(text.substring(kind.length())));
    }

    /** {@return whether there is no right} */
    public boolean isEmpty() {
        return read.isEmpty() && write.isEmpty() && close.isEmpty();
    }

    /**
     * Whether a stream may be read.
     *
     * @param name of the stream
     */
    public boolean mayRead(String name) {
        return matches(read, name);
    }

    /**
     * Whether a stream may be created, appended to, closed and deleted.
     *
     * @param name of the stream
     */
    public boolean mayWrite(String name) {
        return matches(write, name);
    }

    /**
     * Whether a stream may be closed.
     *
     * @param name of the stream
     */
    public boolean mayClose(String name) {
        return matches(close, name) || mayWrite(name);
    }

    private static boolean matches(List<StreamPattern> patterns, String name) {
        for (StreamPattern pattern : patterns) {
            if (pattern.matches(name)) {
                return true;
            }
        }
        return false;
    }

    /** {@return the rights as they are written} */
    @Override
    public String toString() {
        return Stream.of(texts(READ, read), texts(WRITE, write), texts(CLOSE, close)).flatMap(texts -> texts)
                .collect(Collectors.joining(" "));
    }

    private static Stream<String> texts(String kind, List<StreamPattern> patterns) {
        return patterns.stream().map(pattern -> kind + pattern);
    }
}
