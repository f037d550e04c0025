package dev.tinysse.server.files;

import io.helidon.common.media.type.MediaType;
import io.helidon.common.media.type.MediaTypes;
import java.util.Locale;
import java.util.Map;

/** The content type of a file's name. */
final class ContentTypes {
    private static final String UNKNOWN = "application/octet-stream";

    /** The types of pages today that Helidon's list does not have. */
    private static final Map<String, String> NEWER = Map.of("avif", "image/avif", "cjs", "text/javascript", "map",
            "application/json", "md", "text/markdown", "mp4", "video/mp4", "wasm", "application/wasm", "webmanifest",
            "application/manifest+json");

    private ContentTypes() {}

    /** The value of {@code Content-Type} for a file of this name; text is UTF-8. */
    static String of(String name) {
        var extension = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        var type = NEWER.containsKey(extension)
                ? NEWER.get(extension)
                : MediaTypes.detectExtensionType(extension).map(MediaType::text).orElse(UNKNOWN);
        return type.startsWith("text/") ? type + "; charset=utf-8" : type;
    }
}
