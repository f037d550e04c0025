package dev.tinysse.streams.json;

import java.io.ByteArrayOutputStream;

/**
 * The messages of a stream of JSON as they are stored: the bytes of each as they were sent, without the whitespace around them, and a
 * comma behind each. So an array of them needs nothing but brackets, and the end of each message is a position of the stream. Pure
 * functions.
 */
public final class JsonMessages {
    private JsonMessages() {}

    /**
     * The messages of a body: the elements of an array, or one value of another kind (section 9.1.2 of the protocol).
     *
     * @param body as it was sent
     * @return the messages as they are stored; nothing if the array is empty
     * @throws JsonException if the body is not JSON
     */
    public static byte[] ofBody(byte[] body) throws JsonException {
        JsonScanner scanner = new JsonScanner(body, 0, body.length);
        ByteArrayOutputStream stored = new ByteArrayOutputStream(body.length + 1);
        scanner.skipWhitespace();
        if (scanner.skip('[')) {
            scanner.skipWhitespace();
            if (!scanner.skip(']')) {
                do {
                    message(scanner, body, stored);
                } while (scanner.skip(','));
                if (!scanner.skip(']')) {
                    throw scanner.expected("',' or ']'");
                }
            }
            scanner.skipWhitespace();
        } else {
            message(scanner, body, stored);
        }
        requireEnd(scanner);
        return stored.toByteArray();
    }

    /**
     * The message of a line.
     *
     * @param bytes has the line from {@code from} to {@code end}, without its line break
     * @return the message as it is stored; nothing if the line is blank
     * @throws JsonException if the line is not JSON
     */
    public static byte[] ofLine(byte[] bytes, int from, int end) throws JsonException {
        JsonScanner scanner = new JsonScanner(bytes, from, end);
        ByteArrayOutputStream stored = new ByteArrayOutputStream(end - from + 1);
        scanner.skipWhitespace();
        if (!scanner.isAtEnd()) {
            message(scanner, bytes, stored);
            requireEnd(scanner);
        }
        return stored.toByteArray();
    }

    private static void message(JsonScanner scanner, byte[] text, ByteArrayOutputStream stored) throws JsonException {
        scanner.skipWhitespace();
        int from = scanner.position();
        scanner.value();
        stored.write(text, from, scanner.position() - from);
        stored.write(',');
        scanner.skipWhitespace();
    }

    private static void requireEnd(JsonScanner scanner) throws JsonException {
        if (!scanner.isAtEnd()) {
            throw scanner.expected("the end");
        }
    }

    /**
     * Where the message ends that begins at a position.
     *
     * @param stored messages as they are stored
     * @param from beginning of a message
     * @param end of the stored bytes
     * @return the position behind its comma
     */
    public static int endOfMessage(byte[] stored, int from, int end) {
        int depth = 0;
        boolean inString = false;
        for (int i = from; i < end; i++) {
            byte b = stored[i];
            if (inString) {
                if (b == '\\') {
                    i++;
                } else if (b == '"') {
                    inString = false;
                }
            } else if (b == '"') {
                inString = true;
            } else if (b == '{' || b == '[') {
                depth++;
            } else if (b == '}' || b == ']') {
                depth--;
            } else if (b == ',' && depth == 0) {
                return i + 1;
            }
        }
        return end;
    }
}
