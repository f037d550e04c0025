package dev.tinysse.server.files;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tinysse.server.files.RawHttp.Response;
import io.helidon.webserver.WebServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FileResponseTest {
    private static final String DATE = "Sun, 6 Nov 1994 08:49:37 GMT";
    private static final String BEFORE = "Sun, 06 Nov 1994 08:49:36 GMT";

    @TempDir
    static Path www;

    private static WebServer server;

    @BeforeAll
    static void start() throws IOException {
        var file = Files.writeString(www.resolve("a.txt"), "0123456789");
        Files.setLastModifiedTime(file, FileTime.from(Instant.parse("1994-11-06T08:49:37.25Z")));
        Files.createFile(www.resolve("empty"));
        var large = new StringBuilder();
        for (var i = 0; i < 50_000; i++) {
            large.append("%06d".formatted(i));
        }
        Files.writeString(www.resolve("large"), large);
        var files = new StaticFiles(www, "/");
        server = WebServer.builder().host("127.0.0.1").shutdownHook(false).routing(routing -> routing.any(files))
                .build()
                .start();
    }

    @AfterAll
    static void stop() {
        server.stop();
    }

    @Test
    void shouldTellWhenTheFileWasChanged() {
        assertThat(get().header("Last-Modified")).isEqualTo(DATE);
        assertThat(get().header("ETag")).matches("\"[!#-~]+\"").isEqualTo(get().header("ETag"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"If-None-Match: %s", "If-None-Match: W/%s", "If-None-Match: \"a,b\", %s",
            "If-None-Match: *",
            "If-None-Match: \"other\"\r\nIf-None-Match: %s", "If-Modified-Since: " + DATE,
            "If-Modified-Since: Sun, 06 Nov 1994 08:49:37 GMT", "If-Modified-Since: Sun Nov  6 08:49:37 1994",
            "If-Modified-Since: Fri, 01 Jan 2100 00:00:00 GMT", "If-None-Match: %s\r\nIf-Modified-Since: " + BEFORE,
            "If-None-Match: %s\r\nRange: bytes=0-3"})
    void shouldNotSendAgainWhatTheClientHas(String header) {
        var response = get(header.formatted(etag()));

        assertThat(response.status()).isEqualTo(304);
        assertThat(response.body()).isEmpty();
        assertThat(response.header("ETag")).isEqualTo(etag());
    }

    @ParameterizedTest
    @ValueSource(strings = {"If-None-Match: \"other\"", "If-None-Match: ", "If-None-Match: junk",
            "If-Modified-Since: " + BEFORE, "If-Modified-Since: yesterday", "If-Modified-Since: ",
            "If-None-Match: \"other\"\r\nIf-Modified-Since: " + DATE, "If-Match: %s", "If-Match: *",
            "If-Match: \"other\", %s", "If-Unmodified-Since: " + DATE, "If-Unmodified-Since: junk",
            "If-Match: %s\r\nIf-Unmodified-Since: " + BEFORE})
    void shouldSendTheFileWhenTheConditionsAreMet(String header) {
        var response = get(header.formatted(etag()));

        assertThat(response.status()).isEqualTo(200);
        assertThat(response.body()).isEqualTo("0123456789");
    }

    @ParameterizedTest
    @ValueSource(strings = {"If-Match: \"other\"", "If-Match: W/%s", "If-Match: ", "If-Unmodified-Since: " + BEFORE,
            "If-Match: \"other\"\r\nIf-None-Match: %s"})
    void shouldRefuseWhenAConditionFails(String header) {
        var response = get(header.formatted(etag()));

        assertThat(response.status()).isEqualTo(412);
        assertThat(response.body()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"0-3,0123,0-3", "4-,456789,4-9", "-2,89,8-9", "9-9,9,9-9", "5-100,56789,5-9", "-100,0123456789,0-9"})
    void shouldSendARange(String range, String body, String sent) {
        var response = get("Range: bytes=" + range);

        assertThat(response.status()).isEqualTo(206);
        assertThat(response.body()).isEqualTo(body);
        assertThat(response.header("Content-Range")).isEqualTo("bytes " + sent + "/10");
        assertThat(response.header("Content-Length")).isEqualTo(String.valueOf(body.length()));
    }

    @Test
    void shouldTellTheSizeToARangeBeyondTheEnd() {
        assertThat(get("Range: bytes=10-").status()).isEqualTo(416);
        assertThat(get("Range: bytes=10-").header("Content-Range")).isEqualTo("bytes */10");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Range: bytes=0-1,4-5", "Range: bytes=0-1\r\nRange: bytes=4-5", "Range: lines=0-1",
            "Range: bytes=3-2", "Range: bytes=0-3\r\nIf-Range: \"other\"", "Range: bytes=0-3\r\nIf-Range: W/%s",
            "Range: bytes=0-3\r\nIf-Range: " + BEFORE, "Range: bytes=0-3\r\nIf-Range: Sun, 06 Nov 1994 08:49:38 GMT"})
    void shouldSendTheWholeFileForOtherRanges(String header) {
        var response = get(header.formatted(etag()));

        assertThat(response.status()).isEqualTo(200);
        assertThat(response.body()).isEqualTo("0123456789");
        assertThat(response.header("Content-Range")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"If-Range: %s", "If-Range: " + DATE})
    void shouldSendARangeOfTheFileThatTheClientHas(String header) {
        assertThat(get("Range: bytes=0-3", header.formatted(etag())).body()).isEqualTo("0123");
    }

    @Test
    void shouldSendAnEmptyFile() {
        var response = RawHttp.exchange(server.port(), "GET", "/empty");
        var ofNothing = RawHttp.exchange(server.port(), "GET", "/empty", "Range: bytes=0-");

        assertThat(response.status()).isEqualTo(200);
        assertThat(response.header("Content-Length")).isEqualTo("0");
        assertThat(ofNothing.status()).isEqualTo(416);
        assertThat(ofNothing.header("Content-Range")).isEqualTo("bytes */0");
    }

    @Test
    void shouldSendALargeFileWholeAndInPart() throws IOException {
        var text = Files.readString(www.resolve("large"));

        assertThat(RawHttp.exchange(server.port(), "GET", "/large").body()).isEqualTo(text);
        assertThat(RawHttp.exchange(server.port(), "GET", "/large", "Range: bytes=100000-299998").body())
                .isEqualTo(text.substring(100_000, 299_999));
    }

    private static String etag() {
        return get().header("ETag");
    }

    private static Response get(String... headers) {
        return RawHttp.exchange(server.port(), "GET", "/a.txt", headers);
    }
}
