package dev.tinysse.client.http;

import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import java.io.IOException;
import java.io.StringReader;

/** The text of a server's error response. */
public final class ErrorText {
    private static final int MAX_LENGTH = 300;

    private ErrorText() {}

    /**
     * The status and the server's words.
     *
     * @param response its body is read
     * @return one line, or what becomes one by escapes
     */
    public static String of(Response response) {
        String words = words(response);
        return words.isEmpty() ? response.statusLine() : response.statusLine() + ": " + words;
    }

    private static String words(Response response) {
        try {
            String text = response.text();
            String words = fromJson(text).strip();
            boolean isPage = words.startsWith("<");
            return isPage ? "" : words.length() > MAX_LENGTH ? words.substring(0, MAX_LENGTH) + "…" : words;
        } catch (IOException e) {
            return ""; // the status says enough
        }
    }

    private static String fromJson(String text) {
        if (!text.startsWith("{")) {
            return text;
        }
        try (JsonReader reader = Json.createReader(new StringReader(text))) {
            return reader.readObject().get("error") instanceof JsonString error ? error.getString() : text;
        } catch (JsonException e) {
            return text;
        }
    }
}
