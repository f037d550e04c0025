package dev.tinysse.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tinysse.cli.Stdio;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SubCommandTest {
    /** So that it reconnects at once. */
    private static final String RETRY = "retry: 0\n\n";

    private final FakeServer server = new FakeServer();
    private final String url = server.url("/sse");

    @AfterEach
    void close() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource({"--count 0, '--count must be a number from 1 to 1000000000000: 0'",
            "--count -1, '--count must be a number from 1 to 1000000000000: -1'",
            "--silence 5, '--silence must be a duration like 500ms, 60s or 1m30s: 5'",
            "--max-event-size 0, '--max-event-size must be a size like 64KB, from 1 to 268435456 bytes: 0'",
            "--max-event-size 270MB, '--max-event-size must be a size like 64KB, from 1 to 268435456 bytes: 270MB'",
            "--since never, '--since must be a duration like 10m, or all: never'",
            "--channel a..b, '--channel must be the name of a channel or a pattern: a..b'",
            "'--channel a,', '--channel must be the name of a channel or a pattern: \"\"'",
            "--exec ', '--exec has a quote that is not closed: '''",
            "--last-event-id a\tb, '--last-event-id must have no control characters: \"a\tb\"'",
            "http://h, 'only one URL is expected: http://h'",
            "--jsno, 'there is no such option, did you mean --json?, see tinysse sub --help: --jsno'",
            "--json=1, 'option ''--json'' should be specified without ''1'' parameter, see tinysse sub --help'",
            "--count, '--count needs a value, see tinysse sub --help'",
            "--count 1 --count 2, '--count must be given once, and is given twice'"})
    void shouldNameTheOptionThatIsWrong(String options, String error) {
        String[] words = (url + " " + options).split(" ");
        assertThat(Call.sub(words)).isEqualTo(new Call(2, "", "tinysse: " + error.replace("\t", "\\t") + "\n"));
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void shouldTakeTheUrlOfTheEnvironmentUnlessOneIsNamed() {
        assertThat(Call.sub(Map.of("TINYSSE_URL", url)).status()).isZero();
        assertThat(Call.sub(Map.of("TINYSSE_URL", "http://127.0.0.1:1/"), url).status()).isZero();
        assertThat(server.requests()).hasSize(2);
    }

    @Test
    void shouldSayWhereAUrlThatIsNoneComesFrom() {
        assertThat(Call.sub(Map.of("TINYSSE_URL", "x")).err())
                .isEqualTo("tinysse: TINYSSE_URL: URL must begin with http:// or https://: x\n");
        assertThat(Call.sub("x").err()).isEqualTo("tinysse: URL must begin with http:// or https://: x\n");
        assertThat(Call.sub(Map.of("TINYSSE_URL", "")))
                .isEqualTo(new Call(2, "",
                        "tinysse: name the server's URL, or set TINYSSE_URL, see tinysse sub --help\n"));
    }

    @Test
    void shouldPrintTheDataOfEachEvent() {
        server.then(
                FakeServer.stream(": comment\n\ndata: 1\ndata: one\n\nevent: x\ndata: 2\n\nevent: none\n\n" + RETRY));
        assertThat(Call.sub(url)).isEqualTo(new Call(0, "1\none\n2\n", ""));
    }

    @Test
    void shouldPrintEventsAsJson() {
        server.then(FakeServer.stream("id: 7\nevent: x\ndata: a\"b\n\n: note\nevent: y\n\n" + RETRY));
        assertThat(Call.sub(url, "--json").out()).startsWith("{\"id\":\"7\",\"event\":\"x\",\"data\":\"a\\\"b\"}\n")
                .contains("\"event\":\"y\"");
    }

    @Test
    void shouldResumeBehindTheLastEvent() {
        server.then(FakeServer.stream(RETRY + "id: 1\ndata: a\n\nid: 2\ndata: b\n\n"),
                FakeServer.stream("data: c\n\n"));
        assertThat(Call.sub(url).out()).isEqualTo("a\nb\nc\n");
        assertThat(server.headers("last-event-id")).containsExactly(null, "2", "2");
    }

    @Test
    void shouldResumeBehindEventsThatAreNotPrinted() {
        server.then(FakeServer.stream(RETRY + "id: 1\nevent: a\ndata: 1\n\nid: 2\nevent: b\ndata: 2\n\ndata: 3\n\n"));
        assertThat(Call.sub(url, "--event", "a", "--event", "message").out()).isEqualTo("1\n3\n");
        assertThat(server.headers("last-event-id")).containsExactly(null, "2");
    }

    @Test
    void shouldNotPrintAnEventThatIsCutOff() {
        server.then(FakeServer.stream(RETRY + "id: 1\ndata: a\n\nid: 2\ndata: b\n"),
                FakeServer.stream("id: 2\ndata: b\n\n"));
        assertThat(Call.sub(url).out()).isEqualTo("a\nb\n");
        assertThat(server.headers("last-event-id")).containsExactly(null, "1", "2");
    }

    @Test
    void shouldReconnectWhenAChunkIsCutOff() {
        String head = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n";
        server.then(FakeServer.cut(head + "1a\r\n" + RETRY + "id: 1\ndata: a\n\n\r\n20\r\nid: 2\nda"));
        assertThat(Call.sub(url)).isEqualTo(new Call(0, "a\n", ""));
        assertThat(server.headers("last-event-id")).containsExactly(null, "1");
    }

    @Test
    void shouldSayWhenAStreamIsMalformed() {
        String head = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n";
        server.then(FakeServer.cut(head + "a\r\n" + RETRY + "\r\nxyz\r\n"));
        assertThat(Call.sub(url))
                .isEqualTo(new Call(0, "",
                        "tinysse: " + url + ": malformed response: no chunk size: xyz, trying again\n"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"SSH-2.0-OpenSSH\r\n", "HTTP/1.1 200 OK\r\nno colon\r\n\r\n", "HTTP/1.1 abc\r\n\r\n",
            "HTTP/1.1 200 OK\r\n",
            ""})
    void shouldTryAgainAfterAResponseThatIsNone(String response) {
        server.then(FakeServer.cut(response));
        Call call = Call.sub(url);
        assertThat(call.status()).isZero();
        assertThat(call.err()).startsWith("tinysse: " + url + ": ").endsWith(", trying again\n");
        assertThat(server.requests()).hasSize(2);
    }

    @Test
    void shouldBeginWhereTheFirstStreamDidWithoutIds() {
        server.then(FakeServer.stream(RETRY + "data: a\n\n"));
        Call.sub(url);
        assertThat(server.requests().get(0).line()).isEqualTo("GET /sse HTTP/1.1");
        assertThat(server.requests().get(1).line()).matches("GET /sse\\?since=\\d+ms HTTP/1\\.1");
    }

    @Test
    void shouldReplayTheMessagesOfATime() {
        server.then(FakeServer.stream(RETRY));
        Call.sub(url, "--since", "10m");
        assertThat(server.requests().get(0).line()).isEqualTo("GET /sse?since=600000ms HTTP/1.1");
        assertThat(server.requests().get(1).line()).matches("GET /sse\\?since=6\\d{5}ms HTTP/1\\.1");
        Call.sub(url, "--since", "all");
        assertThat(server.requests().get(2).line()).isEqualTo("GET /sse?since=all HTTP/1.1");
    }

    @Test
    void shouldPreferAnIdToATime() {
        Call.sub(url, "--since", "10m", "--last-event-id", "7");
        assertThat(server.requests().getFirst().line()).isEqualTo("GET /sse HTTP/1.1");
        assertThat(server.headers("last-event-id")).containsExactly("7");
    }

    @ParameterizedTest
    @CsvSource({"400 Bad Request, channels are off", "401 Unauthorized, no token", "403 Forbidden, not yours",
            "404 Not Found, no such path", "405 Method Not Allowed, ''"})
    void shouldEndWhenTheServerRejectsIt(String status, String text) {
        server.then(FakeServer.response(status, "", text));
        assertThat(Call.sub(url)).isEqualTo(
                new Call(1, "", "tinysse: " + url + ": " + status + (text.isEmpty() ? "" : ": " + text) + "\n"));
        assertThat(server.requests()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"408 Request Timeout", "421 Misdirected Request", "425 Too Early", "429 Too Many Requests",
            "500 Internal Server Error", "502 Bad Gateway", "503 Service Unavailable"})
    void shouldTryAgainWhenTheServerIsAway(String status) {
        server.then(FakeServer.response(status, "Retry-After: 0\r\n", "{\"error\":\"away\"}"));
        assertThat(Call.sub(url)).isEqualTo(
                new Call(0, "", "tinysse: " + url + ": " + status + ": away, trying again\n"));
    }

    @Test
    void shouldSayTheSameTroubleOnceAndThatItIsOver() {
        server.then(FakeServer.stream(RETRY), FakeServer.response("503 Away", "", ""),
                FakeServer.response("503 Away", "", ""),
                FakeServer.response("502 Gone", "", ""), FakeServer.stream("data: a\n\n"));
        assertThat(Call.sub(url).err().lines()).containsExactly("tinysse: " + url + ": 503 Away, trying again",
                "tinysse: " + url + ": 502 Gone, trying again", "tinysse: " + url + ": connected");
    }

    @Test
    void shouldTakeErrorsOfAProxyForNoAnswerOnceThereWasAStream() {
        server.then(FakeServer.stream(RETRY), FakeServer.response("404 Not Found", "", ""),
                FakeServer.response("200 OK", "Content-Type: text/html\r\n", "<html>"));
        Call call = Call.sub(url);
        assertThat(call.status()).isZero();
        assertThat(call.err()).contains("404 Not Found, trying again", "not an event stream: content-type=text/html");
    }

    @Test
    void shouldEndForAPageThatIsNoStream() {
        server.then(FakeServer.response("200 OK", "Content-Type: text/html\r\n", "<html>"));
        assertThat(Call.sub(url)).isEqualTo(
                new Call(1, "", "tinysse: " + url + ": not an event stream: content-type=text/html\n"));
    }

    @Test
    void shouldEndAfterANumberOfEvents() {
        server.then(server.open("data: 1\n\ndata: 2\n\ndata: 3\n\n"));
        assertThat(Call.sub(url, "--count", "2")).isEqualTo(new Call(0, "1\n2\n", ""));
    }

    @Test
    void shouldReportAGap() {
        String gap = "event: tinysse.gap\ndata: {\"reason\":\"expired\"}\n\n";
        server.then(FakeServer.stream(gap + RETRY), FakeServer.stream(gap));
        Call call = Call.sub(url);
        assertThat(call.out()).isEmpty();
        assertThat(call.err().lines()).hasSize(2)
                .allMatch(line -> line
                        .equals("tinysse: messages were lost that are no longer in the history: {\"reason\":\"expired\"}"));
        server.then(FakeServer.stream(gap + RETRY));
        assertThat(Call.sub(url, "--json").out())
                .isEqualTo("{\"event\":\"tinysse.gap\",\"data\":\"{\\\"reason\\\":\\\"expired\\\"}\"}\n");
    }

    @Test
    void shouldEndForAnEventThatIsTooLargeBehindTheOthers() {
        server.then(server.open("data: 1\n\ndata: " + "x".repeat(200) + "\n\n"));
        Call call = Call.sub(url, "--max-event-size", "100");
        assertThat(call.status()).isEqualTo(1);
        assertThat(call.out()).isEqualTo("1\n");
        assertThat(call.err()).startsWith("tinysse: " + url + ": ").endsWith("; --max-event-size allows more\n");
    }

    @Test
    void shouldReconnectWhenNoByteComes() {
        server.then(server.open(RETRY + "id: 1\ndata: a\n\n"));
        assertThat(Call.sub(url, "--silence", "100ms"))
                .isEqualTo(new Call(0, "a\n", "tinysse: " + url + ": no data for 100ms, reconnecting\n"));
        assertThat(server.headers("last-event-id")).containsExactly(null, "1");
    }

    @Test
    void shouldAskForChannelsAndOpenTheirEnvelopes() {
        server.then(FakeServer.stream(
                RETRY + "id: 1\ndata: {\"channel\":\"a\",\"event\":\"x\",\"data\":\"1\"}\n\n"));
        assertThat(Call.sub(url, "--channel", "a", "--channel", "b.*,c", "--json").out())
                .isEqualTo("{\"channel\":\"a\",\"id\":\"1\",\"event\":\"x\",\"data\":\"1\"}\n");
        assertThat(server.requests().getFirst().line()).isEqualTo("GET /sse/a,b.*,c?envelope=json HTTP/1.1");
    }

    @Test
    void shouldReadTheTokenOfAFileForEachStream(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("token"), "one\n");
        server.then(out -> {
            Files.writeString(file, "two\n");
            FakeServer.stream(RETRY).to(out);
        });
        Call.sub(Map.of("TINYSSE_TOKEN", "none"), url, "--token-file", file.toString());
        assertThat(server.headers("authorization")).containsExactly("Bearer one", "Bearer two");
    }

    @Test
    void shouldSendTheTokenOfTheEnvironment() {
        Call.sub(Map.of("TINYSSE_TOKEN", " word "), url);
        Call.sub(Map.of("TINYSSE_TOKEN", " "), url);
        assertThat(server.headers("authorization")).containsExactly("Bearer word", null);
    }

    @Test
    void shouldEndForATokenThatIsNone(@TempDir Path folder) throws IOException {
        Path empty = Files.writeString(folder.resolve("empty"), "\n");
        assertThat(Call.sub(url, "--token-file", empty.toString()))
                .isEqualTo(new Call(1, "", "tinysse: there is no token in the file: " + empty + "\n"));
        assertThat(Call.sub(url, "--token-file", folder + "/none"))
                .isEqualTo(new Call(1, "", "tinysse: cannot read the token file " + folder + "/none: no such file\n"));
        assertThat(Call.sub(Map.of("TINYSSE_TOKEN", "se cret"), url))
                .isEqualTo(new Call(1, "", "tinysse: the token in TINYSSE_TOKEN must be one word of ASCII\n"));
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void shouldFollowRedirectsAndKeepTheTokenFromOtherServers() {
        try (FakeServer other = new FakeServer(FakeServer.stream(RETRY + "data: a\n\n"))) {
            server.then(FakeServer.response("302 Found", "Location: /other\r\n", ""),
                    FakeServer.response("307 Temporary Redirect", "Location: " + other.url("/x") + "\r\n", ""));
            assertThat(Call.sub(Map.of("TINYSSE_TOKEN", "word"), url).out()).isEqualTo("a\n");
            assertThat(server.requests()).extracting(FakeServer.Request::line).startsWith("GET /sse HTTP/1.1",
                    "GET /other HTTP/1.1");
            assertThat(server.headers("authorization")).startsWith("Bearer word", "Bearer word");
            assertThat(other.headers("authorization")).containsOnlyNulls();
        }
    }

    @Test
    void shouldNotFollowRedirectsForever() {
        for (int i = 0; i < 6; i++) {
            server.then(FakeServer.response("302 Found", "Location: /sse\r\n", ""));
        }
        assertThat(Call.sub(url).err()).isEqualTo("tinysse: " + url + ": more than 5 redirects, trying again\n");
    }

    @Test
    void shouldRememberTheLastEventInAFile(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("state");
        server.then(FakeServer.stream(RETRY + "id: 1\ndata: a\n\nid: 2\nevent: x\n\ndata: b\n\n"));
        assertThat(Call.sub(url, "--state", file.toString()).out()).isEqualTo("a\nb\n");
        assertThat(file).hasContent("2\n");
        Call.sub(url, "--state", file.toString(), "--last-event-id", "1");
        assertThat(server.headers("last-event-id")).containsExactly(null, "2", "2");
        assertThat(folder).isDirectoryContaining(path -> path.equals(file))
                .isDirectoryNotContaining(path -> !path.equals(file));
    }

    @Test
    void shouldEndForAStateFileThatCannotBeUsed(@TempDir Path folder) {
        Call call = Call.sub(url, "--state", folder + "/none/state");
        assertThat(call).isEqualTo(
                new Call(1, "", "tinysse: cannot use the state file " + folder + "/none/state: no such file\n"));
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void shouldRunACommandForEachEvent(@TempDir Path folder) throws IOException {
        Path script = Files.writeString(folder.resolve("run"),
                "cat >> " + folder + "/got\nexit $(($(wc -l < " + folder + "/got) - 1))\n");
        server.then(server.open("id: 1\ndata: a\n\nid: 2\ndata: b\n\n"));
        Call call = Call.sub(url, "--exec", "/bin/sh '" + script + "'", "--count", "2");
        assertThat(call).isEqualTo(new Call(1, "", "tinysse: --exec /bin/sh ended with status 1: id=2\n"));
        assertThat(folder.resolve("got")).hasContent("{\"id\":\"1\",\"data\":\"a\"}\n{\"id\":\"2\",\"data\":\"b\"}\n");
    }

    @Test
    void shouldEndForACommandThatIsNotThere() {
        server.then(server.open("data: a\n\n"));
        assertThat(Call.sub(url, "--exec", "/no/such/command"))
                .isEqualTo(new Call(1, "", "tinysse: cannot run --exec /no/such/command: No such file or directory\n"));
    }

    @ParameterizedTest
    @CsvSource({"Broken pipe, 0, ''",
            "No space left on device, 1, 'tinysse: cannot write to standard output: No space left on device\n'"})
    void shouldEndWhenItsOutputCannotBeWritten(String failure, int status, String error) {
        server.then(server.open("data: a\n\n"));
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        OutputStream full = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException(failure);
            }
        };
        Stdio stdio = new Stdio(InputStream.nullInputStream(), full, new PrintStream(err, true, StandardCharsets.UTF_8),
                Map.of());
        assertThat(new SubCommand(stdio).run(List.of(url))).isEqualTo(status);
        assertThat(err.toString(StandardCharsets.UTF_8)).isEqualTo(error);
    }
}
