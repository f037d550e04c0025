package dev.tinysse.luahooks.url;

import dev.tinysse.api.internal.PercentCodes;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Names and values as forms send them (URL Standard, section 5). */
public final class FormPairs {

    private FormPairs() {}

    /** Writes names and values, each name as often as it has values. */
    public static String encode(Map<String, List<String>> values) {
        return values.entrySet().stream()
                .flatMap(entry -> entry.getValue().stream().map(value -> pair(entry.getKey(), value)))
                .collect(Collectors.joining("&"));
    }

    private static String pair(String name, String value) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8) + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    /**
     * Reads names and values in the order in which names come first. A bad percent code stays as it is, bytes that are
     * not UTF-8 become U+FFFD.
     */
    public static Map<String, List<String>> decode(String text) {
        Map<String, List<String>> values = new LinkedHashMap<>();
        for (String pair : text.split("&")) {
            if (!pair.isEmpty()) {
                int equals = pair.indexOf('=');
                String name = equals < 0 ? pair : pair.substring(0, equals);
                String value = equals < 0 ? "" : pair.substring(equals + 1);
                values.computeIfAbsent(decoded(name), _ -> new ArrayList<>()).add(decoded(value));
            }
        }
        return values;
    }

    private static String decoded(String text) {
        byte[] form = text.getBytes(StandardCharsets.UTF_8);
        return new String(PercentCodes.decodeForm(form, 0, form.length), StandardCharsets.UTF_8);
    }
}
