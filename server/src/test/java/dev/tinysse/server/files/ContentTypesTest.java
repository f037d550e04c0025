package dev.tinysse.server.files;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContentTypesTest {

    @ParameterizedTest
    @CsvSource({"index.html,text/html; charset=utf-8", "INDEX.HTML,text/html; charset=utf-8",
            "style.css,text/css; charset=utf-8", "app.js,text/javascript; charset=utf-8",
            "app.mjs,text/javascript; charset=utf-8", "a.txt,text/plain; charset=utf-8", "data.json,application/json",
            "app.js.map,application/json", "pic.svg,image/svg+xml", "pic.png,image/png", "pic.jpg,image/jpeg",
            "pic.webp,image/webp", "favicon.ico,image/x-icon", "code.wasm,application/wasm", "font.woff2,font/woff2",
            "film.mp4,video/mp4", "site.webmanifest,application/manifest+json"})
    void shouldTellTheTypeByTheExtension(String name, String type) {
        assertThat(ContentTypes.of(name)).isEqualTo(type);
    }

    @ParameterizedTest
    @CsvSource({"a.unknown", "LICENSE", "a.", "a.tar.zzz"})
    void shouldCallTheRestBytes(String name) {
        assertThat(ContentTypes.of(name)).isEqualTo("application/octet-stream");
    }
}
