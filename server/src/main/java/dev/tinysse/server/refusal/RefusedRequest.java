package dev.tinysse.server.refusal;

/**
 * A request that was refused before a handler saw it: one that is no HTTP, too long, too slow, or for which there is no room.
 *
 * @param client its address and port
 * @param method as far as it was read; {@link #UNKNOWN} if that is not so far
 * @param path without the query; {@link #UNKNOWN} if it was not read
 * @param status of the response
 * @param nanos from its first byte on; 0 if there was no connection for it
 * @param bytes of the response
 */
public record RefusedRequest(String client, String method, String path, int status, long nanos, long bytes) {
    /** Stands for what was not read. */
    public static final String UNKNOWN = "-";

    /** A request of which nothing was read. */
    public static RefusedRequest unread(String client, int status, long bytes) {
        return new RefusedRequest(client, UNKNOWN, UNKNOWN, status, 0, bytes);
    }

    /** A request whose first line may have been read, as far as it goes. */
    public static RefusedRequest of(String client, String line, int status, long bytes) {
        String[] words = line.split(" ", 3);
        return words.length < 3 || words[0].isEmpty() || words[1].isEmpty()
                ? unread(client, status, bytes)
                : new RefusedRequest(client, words[0], words[1].replaceFirst("[?#].*", ""), status, 0, bytes);
    }
}
