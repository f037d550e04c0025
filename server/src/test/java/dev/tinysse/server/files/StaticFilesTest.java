package dev.tinysse.server.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tinysse.server.files.RawHttp.Response;
import io.helidon.webserver.WebServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StaticFilesTest {
    @TempDir
    static Path temp;

    private static WebServer server;

    @BeforeAll
    static void start() throws IOException {
        write("outside.txt", "outside");
        write("www/index.html", "home");
        write("www/a.txt", "0123456789");
        write("www/sp ace;x.txt", "space");
        write("www/sub/index.html", "inner");
        write("www/bare/x.txt", "x");
        write("www/.secret", "hidden");
        write("www/.git/config", "hidden");
        write("www/index.d/index.html/x.txt", "x");
        link("www/out.txt", "../outside.txt");
        link("www/out", "..");
        link("www/inside.html", "sub/index.html");
        link("www/open", ".git");
        link("www/shown.txt", ".secret");
        link("www/loop", "loop");
        link("www/gone", "nowhere");
        server = serve("/");
    }

    @AfterAll
    static void stop() {
        server.stop();
    }

    @ParameterizedTest
    @CsvSource({"/,home", "/index.html,home", "/a.txt,0123456789", "/a.txt?v=3,0123456789", "/%61.txt,0123456789",
            "/sub/,inner", "/sub/?x,inner", "/sp%20ace;x.txt,space", "/inside.html,inner"})
    void shouldServeFilesAndTheIndexOfAFolder(String target, String body) {
        var response = get(target);

        assertThat(response.status()).isEqualTo(200);
        assertThat(response.body()).isEqualTo(body);
        assertThat(response.header("X-Content-Type-Options")).isEqualTo("nosniff");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/none", "/sub/none", "/none/", "/bare/", "/a.txt/", "/a.txt/b", "/index.d/", "//",
            "//a.txt"})
    void shouldNotFindWhatIsNotThere(String target) {
        assertThat(get(target).status()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/../outside.txt", "/%2e%2e/outside.txt", "/..%2foutside.txt", "/sub/../../outside.txt",
            "/%2e%2e%2foutside.txt", "/sub/%2e%2e/%2e%2e/outside.txt", "/%252e%252e/outside.txt", "/..%5coutside.txt",
            "/%c0%ae%c0%ae/outside.txt", "/%00", "/a.txt%00", "/a.txt%00.html", "/out.txt", "/out/outside.txt",
            "/loop", "/gone", "/.secret", "/%2esecret", "/.git/config", "/.git", "/open/config",
            "/open",
            "/shown.txt"})
    void shouldFindNothingOutsideOrHidden(String target) {
        var response = get(target);

        assertThat(response.status()).isEqualTo(404);
        assertThat(response.body()).doesNotContain("outside", "hidden");
    }

    @Test
    void shouldNotFindANameThatIsTooLong() {
        assertThat(get("/" + "a".repeat(1000)).status()).isEqualTo(404);
    }

    @Test
    void shouldNotFindAPipe() throws Exception {
        var pipe = temp.resolve("www/pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).inheritIO().start().waitFor()).isZero();

        assertThat(get("/pipe").status()).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource({"/sub,/sub/", "/sub?a=b&c,/sub/?a=b&c", "/%73ub,/%73ub/", "/bare,/bare/"})
    void shouldRedirectToTheSlashOfAFolder(String target, String location) {
        var response = get(target);

        assertThat(response.status()).isEqualTo(307);
        assertThat(response.header("Location")).isEqualTo(location);
    }

    @Test
    void shouldRespondToHeadWithoutABody() {
        var response = RawHttp.exchange(server.port(), "HEAD", "/a.txt", "Range: bytes=0-3");

        assertThat(response.status()).isEqualTo(200);
        assertThat(response.header("Content-Length")).isEqualTo("10");
        assertThat(response.header("Content-Type")).isEqualTo("text/plain; charset=utf-8");
        assertThat(response.body()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"POST,/a.txt,405", "PUT,/sub,405", "DELETE,/,405", "FOO,/a.txt,405", "OPTIONS,/a.txt,200"})
    void shouldNameTheMethodsThatAreAllowed(String method, String target, int status) {
        var response = RawHttp.exchange(server.port(), method, target);

        assertThat(response.status()).isEqualTo(status);
        assertThat(response.header("Allow")).isEqualTo("GET, HEAD");
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "DELETE", "OPTIONS"})
    void shouldNotFindWhatIsNotThereByAnyMethod(String method) {
        assertThat(RawHttp.exchange(server.port(), method, "/.secret").status()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/files", "/files/"})
    void shouldServeUnderAPathOfItsOwn(String urlPath) throws IOException {
        var under = serve(urlPath);
        try {
            assertThat(RawHttp.exchange(under.port(), "GET", "/files/a.txt").body()).isEqualTo("0123456789");
            assertThat(RawHttp.exchange(under.port(), "GET", "/files/").body()).isEqualTo("home");
            assertThat(RawHttp.exchange(under.port(), "GET", "/files?x").header("Location")).isEqualTo("/files/?x");
            assertThat(RawHttp.exchange(under.port(), "GET", "/files/sub").header("Location")).isEqualTo("/files/sub/");
            for (var target : new String[]{"/", "/a.txt", "/filesa.txt", "/files/../outside.txt", "/file"}) {
                assertThat(RawHttp.exchange(under.port(), "GET", target).status()).as(target).isEqualTo(404);
            }
        } finally {
            under.stop();
        }
    }

    @Test
    void shouldFollowTheFolderWhenItIsALinkThatMoves() throws IOException {
        var current = temp.resolve("current");
        Files.createSymbolicLink(current, Path.of("www/sub"));
        var files = new Folder(current);
        var index = UrlPath.parse("/").orElseThrow();
        assertThat(files.find(index)).isInstanceOf(Found.File.class);

        Files.delete(current);
        Files.createSymbolicLink(current, Path.of("www/bare"));

        assertThat(files.find(index)).isInstanceOf(Found.Nothing.class);
    }

    @Test
    void shouldRefuseAFolderThatIsNone() {
        assertThatExceptionOfType(NoSuchFileException.class).isThrownBy(() -> new StaticFiles(temp.resolve("no"), "/"));
        assertThatExceptionOfType(NotDirectoryException.class)
                .isThrownBy(() -> new StaticFiles(temp.resolve("outside.txt"), "/"));
    }

    private static Response get(String target) {
        return RawHttp.exchange(server.port(), "GET", target);
    }

    private static WebServer serve(String urlPath) throws IOException {
        var files = new StaticFiles(temp.resolve("www"), urlPath);
        return WebServer.builder().host("127.0.0.1").shutdownHook(false).routing(routing -> routing.any(files)).build()
                .start();
    }

    private static void write(String name, String text) throws IOException {
        var file = temp.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private static void link(String name, String target) throws IOException {
        Files.createSymbolicLink(temp.resolve(name), Path.of(target));
    }
}
