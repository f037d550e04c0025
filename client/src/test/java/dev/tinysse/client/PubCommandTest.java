package dev.tinysse.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
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

class PubCommandTest {
    private static final FakeServer.Response TAKEN = FakeServer.response("202 Accepted", "", "{\"queued\":1}\n");

    private final FakeServer server = new FakeServer();
    private final String url = server.url("/sse");

    @AfterEach
    void close() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource({"'', 'name a message with --data, --file or -, see tinysse pub --help'",
            "-d x -, 'only one of --data, --file and - is expected'",
            "-d x -f y, 'only one of --data, --file and - is expected'",
            "--lines --ndjson, 'only one of --lines and --ndjson is expected'",
            "--lines -d x, '--data has one message, and is not for --lines or --ndjson: x'",
            "--lines --id x, '--id is for one message, and would be that of every line: x'",
            "--ndjson --event x, '--event is for --lines; with --ndjson each line names its own: x'",
            "-d x --rate 5, '--rate is for --lines and --ndjson: 5'",
            "--lines --rate 0, '--rate must be a number above 0, of times a second: 0'",
            "--lines --rate -1, '--rate must be a number above 0, of times a second: -1'",
            "--lines --rate 1e3, '--rate must be a number above 0, of times a second: 1e3'",
            "--lines --rate 10000001, '--rate must be a number above 0, of times a second: 10000001'",
            "-d x --channel a.*, '--channel must be the name of one channel: a.*'",
            "-d x --channel, '--channel needs a value, see tinysse pub --help'",
            "-d x -d y, '--data must be given once, and is given twice'",
            "-d x http://h, 'only one URL is expected: http://h'",
            "--dat x, 'there is no such option, did you mean --data?, see tinysse pub --help: --dat'"})
    void shouldNameTheOptionThatIsWrong(String options, String error) {
        assertThat(Call.pub("", (url + " " + options).strip().split(" ")))
                .isEqualTo(new Call(2, "", "tinysse: " + error + "\n"));
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void shouldPublishAMessageAndPrintTheResponse() {
        server.then(TAKEN);
        assertThat(Call.pub("", url, "-d", "a \"b\"", "--id", "7", "--event", "x", "--channel", "c"))
                .isEqualTo(new Call(0, "{\"queued\":1}\n", ""));
        FakeServer.Request request = server.requests().getFirst();
        assertThat(request.line()).isEqualTo("POST /sse/c HTTP/1.1");
        assertThat(request.body()).isEqualTo("{\"id\":\"7\",\"event\":\"x\",\"data\":\"a \\\"b\\\"\"}");
        assertThat(request.headers()).containsEntry("content-type", "application/json");
    }

    @Test
    void shouldPublishAMessageWithoutData() {
        Call.pub("", url, "--event", "x");
        assertThat(bodies()).containsExactly("{\"event\":\"x\"}");
    }

    @ParameterizedTest
    @CsvSource({"'a\n', a", "'a\r\n', a", "'a\n\n', 'a\\n'", "'', ''", "a, a"})
    void shouldIgnoreOneLineBreakAtTheEndOfItsInput(String in, String data, @TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("in"), in);
        Call.pub(in, url, "-");
        Call.pub(in, url, "-f", "-");
        Call.pub("", url, "-f", file.toString());
        assertThat(bodies()).hasSize(3).containsOnly("{\"data\":\"" + data + "\"}");
    }

    @Test
    void shouldNotPublishWhatItCannotRead(@TempDir Path folder) throws IOException {
        Path binary = Files.write(folder.resolve("binary"), new byte[]{'a', (byte) 0xff});
        assertThat(Call.pub("", url, "-f", folder + "/none"))
                .isEqualTo(new Call(1, "", "tinysse: cannot read the file " + folder + "/none: no such file\n"));
        assertThat(Call.pub("", url, "-f", binary.toString())).isEqualTo(new Call(1, "", "tinysse: the file " + binary
                + " is not UTF-8, and binary data cannot be published: byte 0xff at offset 1\n"));
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void shouldPublishEachLineOverOneConnection() {
        server.then(TAKEN, TAKEN, TAKEN);
        Call call = Call.pub("a\n\nb", url, "--lines", "--event", "x");
        assertThat(call).isEqualTo(new Call(0, "{\"queued\":1}\n".repeat(3), ""));
        assertThat(bodies()).containsExactly("{\"event\":\"x\",\"data\":\"a\"}", "{\"event\":\"x\",\"data\":\"\"}",
                "{\"event\":\"x\",\"data\":\"b\"}");
        assertThat(server.requests()).allMatch(request -> request.connection() == 1);
    }

    @Test
    void shouldReportARejectedLineAndGoOn() {
        server.then(TAKEN, FakeServer.response("413 Content Too Large", "", "{\"error\":\"too large\"}"), TAKEN);
        Call call = Call.pub("a\nb\nc\n", url, "--lines");
        assertThat(call).isEqualTo(new Call(1, "{\"queued\":1}\n".repeat(2),
                "tinysse: line 2: " + url + ": 413 Content Too Large: too large\n"));
        assertThat(server.requests()).hasSize(3);
    }

    @Test
    void shouldPublishLinesOfJsonAsTheyAre() {
        Call.pub("{\"data\":\"a\"}\n\n \t\r\n{\"data\": \"b\"}\r\n", url, "--ndjson");
        assertThat(bodies()).containsExactly("{\"data\":\"a\"}", "{\"data\": \"b\"}");
    }

    @Test
    void shouldCountEmptyLinesInNumbersOfLines() {
        server.then(FakeServer.response("400 Bad Request", "", "no JSON"));
        assertThat(Call.pub("\n\nx\n", url, "--ndjson").err())
                .isEqualTo("tinysse: line 3: " + url + ": 400 Bad Request: no JSON\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "HTTP/1.1 202 Acc", "HTTP/1.1 202 Accepted\r\nContent-Length: 20\r\n\r\n{\"queued\""})
    void shouldNotPublishTwiceWhenTheConnectionBreaks(String response) {
        server.then(FakeServer.cut(response));
        Call call = Call.pub("", url, "-d", "x");
        assertThat(call.status()).isEqualTo(1);
        assertThat(call.err()).startsWith("tinysse: " + url + ": ").endsWith("; it may have been published\n");
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void shouldConnectAgainForTheNextLine() {
        server.then(FakeServer.cut(""), FakeServer.response("202 Accepted", "Connection: close\r\n", ""), TAKEN);
        Call call = Call.pub("a\nb\nc\n", url, "--lines");
        assertThat(call.status()).isEqualTo(1);
        assertThat(call.err()).startsWith("tinysse: line 1: ").hasLineCount(1);
        assertThat(server.requests()).extracting(FakeServer.Request::connection).containsExactly(1, 2, 3);
    }

    @Test
    void shouldSayThatNothingWasPublishedIfItCannotConnect() {
        server.close();
        assertThat(Call.pub("", url, "-d", "x").err()).startsWith("tinysse: cannot connect to " + url + ": ");
    }

    @Test
    void shouldFollowRedirectsThatKeepTheMessage() {
        try (FakeServer other = new FakeServer(TAKEN)) {
            server.then(FakeServer.response("308 Permanent Redirect", "Location: " + other.url("/x") + "\r\n", ""));
            Call call = Call.run(PubCommand::new, Map.of("TINYSSE_TOKEN", "word"), "", url, "-d", "x");
            assertThat(call.status()).isZero();
            assertThat(other.requests()).extracting(FakeServer.Request::body).containsExactly("{\"data\":\"x\"}");
            assertThat(server.headers("authorization")).containsExactly("Bearer word");
            assertThat(other.headers("authorization")).containsOnlyNulls();
        }
    }

    @Test
    void shouldKeepTheTokenOfLaterLinesFromTheServerOfARedirect() {
        try (FakeServer other = new FakeServer(TAKEN, TAKEN)) {
            server.then(FakeServer.response("307 Temporary Redirect", "Location: " + other.url("/x") + "\r\n", ""));
            Call.run(PubCommand::new, Map.of("TINYSSE_TOKEN", "word"), "a\nb\n", url, "--lines");
            assertThat(other.requests()).hasSize(2);
            assertThat(other.headers("authorization")).containsOnlyNulls();
        }
    }

    @Test
    void shouldNameWhereToPublishIfARedirectLosesTheMessage() {
        server.then(FakeServer.response("301 Moved Permanently", "Location: http://other/sse\r\n", ""));
        assertThat(Call.pub("", url, "-d", "x")).isEqualTo(new Call(1, "",
                "tinysse: " + url + ": 301 Moved Permanently, publish at http://other/sse\n"));
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void shouldNotReadAResponseOfAnySize() {
        server.then(FakeServer.response("202 Accepted", "", "x".repeat((1 << 20) + 1)));
        assertThat(Call.pub("", url, "-d", "x").err())
                .contains("a body of over 1048576 bytes; it may have been published");
    }

    @Test
    void shouldEscapeControlCharactersOfTheServer() {
        server.then(FakeServer.response("202 Accepted", "", "a\u001b[2J\tb"));
        assertThat(Call.pub("", url, "-d", "x").out()).doesNotContain("\u001b").contains("\tb");
    }

    @Test
    void shouldShowNoPageOfAProxy() {
        server.then(FakeServer.response("502 Bad Gateway", "", "<html>long</html>"));
        assertThat(Call.pub("", url, "-d", "x").err()).isEqualTo("tinysse: " + url + ": 502 Bad Gateway\n");
    }

    @Test
    void shouldCutALongText() {
        server.then(FakeServer.response("400 Bad Request", "", "x".repeat(301)));
        assertThat(Call.pub("", url, "-d", "x").err())
                .isEqualTo("tinysse: " + url + ": 400 Bad Request: " + "x".repeat(300) + "…\n");
    }

    private List<String> bodies() {
        return server.requests().stream().map(FakeServer.Request::body).toList();
    }
}
