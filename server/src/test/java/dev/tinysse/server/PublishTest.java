package dev.tinysse.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

class PublishTest {
    private static final String FORM = "application/x-www-form-urlencoded";

    static final List<String> GOOD_JSON = List.of("{\"data\":\"x\"}", "{\"id\":\"\"}", "{\"event\":\"e\",\"id\":null}",
            "{\"event\":\"tinysse\"}",
            "{\"comment\":[\"\"]}", "{\"data\":\"\"}", "{\"data\":\"\\u0000\"}", "{\"data\":\"\\ud83d\\ude00\"}",
            " \t\r\n{ \"data\" : \"x\" } \r\n", "{\"data\":\"x\",\"other\":[1,{\"a\":null},1e999,true]}",
            "{\"data\":\"x\",\"\\ud800\":1}", "{\"data\":\"a\\rb\\r\\nc\"}");

    static final List<String> BAD_JSON = List.of("", " ", "null", "1", "\"x\"", "[]", "[\"i\",\"e\",\"d\",[\"c\"]]",
            "{}",
            "{\"data\":null}", "{\"other\":1}", "{\"comment\":[]}", "{\"data\":1}", "{\"data\":true}", "{\"data\":{}}",
            "{\"data\":[\"x\"]}", "{\"comment\":\"x\"}", "{\"comment\":[1]}", "{\"comment\":[null]}",
            "{\"comment\":[[]]}",
            "{\"data\":\"x\"", "{\"data\":\"x", "{\"data\":\"x\"}}", "{\"data\":\"x\"} {}", "{\"data\":\"x\"}x",
            "{\"data\":\"x\",}",
            "{'data':'x'}", "{data:\"x\"}", "{\"data\":\"x\"}\0", "\0{\"data\":\"x\"}", "{\"data\":\"\0\"}",
            "{\"data\":\"\n\"}",
            "{\"event\":\"tinysse.\"}", "{\"data\":\"x\",\"event\":\"tinysse.gap\"}", "{\"data\":\"\\x\"}",
            "{\"data\":\"\\u12\"}", "{\"data\":\"\\ud800\"}", "{\"data\":\"\\udc00\\ud800\"}",
            "{\"data\":\"x\",\"data\":\"x\"}", "{\"data\":\"x\",\"\\u0064ata\":null}",
            "{\"data\":\"x\",\"o\":1,\"o\":1}",
            "{\"id\":\"a\\nb\"}", "{\"id\":\"a\\rb\"}", "{\"id\":\"a\\u0000b\"}", "{\"event\":\"a\\nb\"}",
            "\u00EF\u00BB\u00BF{\"data\":\"x\"}",
            "{\"data\":\"\u00FF\"}", "{\"data\":\"\u00C0\u0080\"}", "{\"data\":\"\u00ED\u00A0\u0080\"}",
            "{\"data\":\"\u00C3\"}",
            "{\"data\":\"x\",\"o\":01}", "{\"data\":\"x\",\"o\":NaN}", "{\"data\":\"x\" /* no */}",
            "{\"data\":\"x\",\"o\":" + "[".repeat(20_000) + "]".repeat(20_000) + "}", "{\"a\":".repeat(9_000));

    static final List<String> GOOD_FORMS = List.of("data=x", "id=&event=&data=x", "comment=", "comment=a&comment=b",
            "data=%zz", "data=%", "data=100%25", "&&data=x&", "data=a+b%2Bc", "data=x=y", "other=%e2%82%ac&data=x");

    static final List<String> BAD_FORMS = List.of("", "foo=bar", "data=", "id=&event=&data=", "data=x&data=y",
            "id=1&id=",
            "event=tinysse.join&data=x", "data=%ff", "data=\u00FF", "id=a%0ab", "event=%00", "%ff=x&data=y");

    private static RunningServer server;

    @BeforeAll
    static void start() {
        server = new RunningServer();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static void assertError(HttpClientSocket.Response response, int status) {
        assertThat(response.status()).isEqualTo(status);
        assertThat(response.header("Content-Type")).isEqualTo("application/json");
        assertThat(response.header("Access-Control-Allow-Origin")).isEqualTo("*");
        assertThat(response.body()).startsWith("{\"error\":\"").endsWith("\"}").doesNotContain("Exception",
                "dev.tinysse");
    }

    private static HttpClientSocket.Response post(String type, String body) {
        return server.ask(HttpClientSocket.post("/sse", type, body));
    }

    @ParameterizedTest
    @FieldSource("GOOD_JSON")
    void shouldTakeJson(String body) {
        HttpClientSocket.Response response = post("application/json", body);
        assertThat(response.status()).isEqualTo(202);
        assertThat(response.header("Content-Type")).isEqualTo("application/json");
        assertThat(response.body()).isEqualTo("{\"queued\":0,\"subscribers\":0}");
    }

    @ParameterizedTest
    @FieldSource("BAD_JSON")
    void shouldRefuseJsonThatIsNoMessage(String body) {
        assertError(post("application/json", body), 400);
    }

    @ParameterizedTest
    @FieldSource("GOOD_FORMS")
    void shouldTakeForms(String body) {
        assertThat(post(FORM, body).status()).isEqualTo(202);
    }

    @ParameterizedTest
    @FieldSource("BAD_FORMS")
    void shouldRefuseFormsThatAreNoMessage(String body) {
        assertError(post(FORM, body), 400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json; charset=utf-8", "APPLICATION/JSON", "application/json;",
            "application/json ;x=y"})
    void shouldTakeEverySpellingOfTheMediaType(String type) {
        assertThat(post(type, "{\"data\":\"x\"}").status()).isEqualTo(202);
    }

    @ParameterizedTest
    @CsvSource({"text/plain, text/plain", "text/plain; charset=utf-8, text/plain; charset=utf-8", "a/b, a/b"})
    void shouldNameTheMediaTypeThatItDoesNotTake(String type, String named) {
        HttpClientSocket.Response response = post(type, "x");
        assertError(response, 415);
        assertThat(response.body()).isEqualTo("{\"error\":\"unsupported media type \\\"" + named + "\\\"\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"json", "application/", "/json", "a b/c", ""})
    void shouldRefuseAMalformedMediaType(String type) {
        assertError(post(type, "{\"data\":\"x\"}"), 400);
    }

    @Test
    void shouldRefuseABodyWithoutAMediaType() {
        assertError(server.ask(HttpClientSocket.request("POST", "/sse", "Content-Length: 2") + "{}"), 400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PUT", "DELETE", "PATCH", "FOO"})
    void shouldSayWhichMethodsItTakes(String method) {
        HttpClientSocket.Response response = server.ask(HttpClientSocket.request(method, "/sse"));
        assertThat(response.status()).isEqualTo(405);
        assertThat(response.header("Allow").split(", ")).contains("POST", "GET", "HEAD");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/sse", "/nowhere", "/"})
    void shouldRespondToOptions(String path) {
        assertThat(server.ask(HttpClientSocket.request("OPTIONS", path)).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/%73se", "//sse", "/sse/", "/SSE", "/nowhere", "/sse/../sse", "/./sse"})
    void shouldNotKnowOtherPaths(String path) {
        assertThat(server.ask(HttpClientSocket.post(path, "application/json", "{\"data\":\"x\"}")).status())
                .isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/sse?", "/sse?x=y", "http://h/sse", "/sse#fragment"})
    void shouldTakeOtherSpellingsOfTheTarget(String target) {
        assertThat(server.ask(HttpClientSocket.post(target, "application/json", "{\"data\":\"x\"}")).status())
                .isEqualTo(202);
    }

    @Test
    void shouldBringAMessageToItsSubscribers() {
        try (HttpClientSocket first = server.subscribe(); HttpClientSocket second = server.subscribe()) {
            HttpClientSocket.Response response = server.publish(HttpClientSocket
                    .bytes("{\"id\":\"i\",\"event\":\"e\",\"data\":\"a\\nb\\rc \u20AC\",\"comment\":[\"c\",\"\"]}"));
            assertThat(response.body()).isEqualTo("{\"queued\":1,\"subscribers\":2}");
            String event = "id: i\nevent: e\ndata: a\ndata: b\ndata: c \u20AC\n: c\n: \n\n";
            assertThat(first.event()).isEqualTo(event);
            assertThat(second.event()).isEqualTo(event);
        }
    }
}
