package dev.tinysse.luahooks.packages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.tinysse.luahooks.packages.TestScripts.RunningScript;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Behaviour beyond the public cases. */
@Timeout(60)
class HttpPackageTest {

    private final HttpPeer peer = new HttpPeer();
    private final TestScripts scripts = new TestScripts(
            new HttpPackage("tinysse/0.1.0", 50_000_000), new JsonPackage());

    @BeforeEach
    void definePeer() {
        scripts.run(
                """
                        http, json = require 'http', require 'json'
                        peer = '%s'
                        function echo(method, path, options) return json.decode(http.request(method, peer .. path, options).body) end"""
                        .formatted(peer.url()));
    }

    @AfterEach
    void close() {
        scripts.close();
        peer.close();
    }

    @Test
    void shouldGiveHeadersWithTheirBytesAndTheLastOfSeveral() {
        assertThat(scripts.run("""
                local headers = http.get(peer .. '/headers').headers
                return headers['x-latin'] == 'caf\\xE9', headers['x-multi'], headers['x-empty'] == ''"""))
                .isEqualTo("true two true");
    }

    @Test
    void shouldNotUnpackBodies() {
        assertThat(scripts.run("return http.get(peer .. '/packed').body:byte(1, 2)")).isEqualTo("31 139");
    }

    @ParameterizedTest
    @CsvSource({"301, GET, ''", "302, GET, ''", "303, GET, ''", "307, POST, x", "308, POST, x"})
    void shouldFollowRedirects(int status, String method, String body) {
        assertThat(scripts.run("""
                local got = echo('POST', '/redirect/%d/1', {body = 'x', headers = {['content-type'] = 'text/plain'}})
                return got.method, got.body, got.headers['content-type'] ~= nil, got.path""".formatted(status)))
                .isEqualTo(method + " " + body + " " + !body.isEmpty() + " /echo/landed");
    }

    @Test
    void shouldAskWithHeadAgain() {
        assertThat(scripts.run("return http.head(peer .. '/redirect/303/0').status")).isEqualTo("200");
    }

    @ParameterizedTest
    @ValueSource(ints = {300, 304, 305, 306})
    void shouldGiveOtherResponsesAsTheyAre(int status) {
        assertThat(scripts.run("return http.get(peer .. '/redirect/" + status + "/0').status")).isEqualTo("" + status);
    }

    @ParameterizedTest
    @ValueSource(strings = {"file:///etc/passwd", "http://", "http://[::1", "http:///"})
    void shouldGiveTheResponseThatLeadsNowhere(String location) {
        assertThat(scripts.run("return http.get(peer .. '/goto?" + location + "').status")).isEqualTo("302");
    }

    @Test
    void shouldFollowNineRedirectsAndNotTen() {
        assertThat(scripts.run("return http.get(peer .. '/redirect/302/8').status")).isEqualTo("200");
        assertThatThrownBy(() -> scripts.run("http.get(peer .. '/redirect/302/9')"))
                .hasMessage("error following redirect for url (" + peer.url() + "/redirect/302/0): too many redirects");
    }

    @Test
    void shouldTellWhereItComesFromWithoutThePassword() {
        assertThat(scripts.run("""
                local got = echo('GET', '/goto?/echo/there')
                local secret = json.decode(http.get((peer:gsub('//', '//me:secret@')) .. '/goto?/echo#part').body)
                return got.headers.referer[1]:sub(#peer + 1), secret.headers.referer[1]:sub(#peer + 1)"""))
                .isEqualTo("/goto?/echo/there /goto?/echo");
    }

    @ParameterizedTest
    @CsvSource({"localhost, false", "127.0.0.1, true"})
    void shouldKeepCredentialsWithinTheHost(String host, boolean kept) {
        assertThat(scripts.run("""
                local elsewhere = peer:gsub('127.0.0.1', '%s')
                local got = echo('GET', '/goto?' .. elsewhere .. '/echo',
                  {headers = {Authorization = 'Bearer x', cookie = 'a=1', ['x-other'] = 'stays'}}).headers
                return got.authorization ~= nil, got.cookie ~= nil, got['x-other'][1]""".formatted(host)))
                .isEqualTo(kept + " " + kept + " stays");
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "POST"})
    void shouldSendNothingTwice(String method) {
        assertThatThrownBy(() -> scripts.run("http.request('" + method + "', peer .. '/close/once', {body = 'x'})"))
                .hasMessageStartingWith("error sending request for url (" + peer.url() + "/close/once): ");
        assertThat(peer.hits("/close")).isEqualTo(1);
    }

    /** The JDK's client takes another connection by itself when an idle one is closed without a response. */
    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD", "POST"})
    void shouldSendNothingTwiceOverAConnectionThatWasKept(String method) {
        String first = scripts
                .run("agent = http.agent() return json.decode(agent:get(peer .. '/echo').body).connection");
        assertThat(scripts.run("return json.decode(agent:get(peer .. '/echo').body).connection")).isEqualTo(first);
        assertThatThrownBy(() -> scripts.run("agent:request('" + method + "', peer .. '/close/once')"))
                .hasMessageStartingWith("error sending request for url (" + peer.url() + "/close/once): ");
        assertThat(peer.hits("/close")).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "/slow/60000 | error sending request for url (PEER/slow/60000): timed out",
            "/trickle/60000 | error decoding response body for url (PEER/trickle/60000): timed out",
            "/half | error decoding response body for url (PEER/half): ",
            "/garbage | error sending request for url (PEER/garbage): ",
            "/goto?ftp://127.0.0.1/ | builder error for url (ftp://127.0.0.1/): ",
            "/goto?javascript:x | builder error for url (javascript:x): "})
    void shouldNameAddressAndCause(String path, String message) {
        assertThatThrownBy(() -> scripts.run("http.get(peer .. '" + path + "', {timeout = 200})"))
                .hasMessageStartingWith(message.replace("PEER", peer.url()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "'0'", "-math.huge"})
    void shouldFailAtOnceWithoutTime(String timeout) {
        assertThatThrownBy(() -> scripts.run("http.get(peer .. '/echo', {timeout = " + timeout + "})"))
                .hasMessageEndingWith("timed out");
        assertThat(peer.hits("/echo")).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"math.huge", "0/0", "1e300", "'soon'", "60000"})
    void shouldTakeAnyOtherTimeForALimitFarAway(String timeout) {
        assertThat(scripts.run("return http.get(peer .. '/echo', {timeout = " + timeout + "}).status"))
                .isEqualTo("200");
    }

    @Test
    void shouldLimitTheTimeOverAllRedirects() {
        assertThatThrownBy(() -> scripts.run("http.get(peer .. '/goto?/slow/60000', {timeout = 200})"))
                .hasMessageEndingWith("/slow/60000): timed out");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "{headers = {a = true}} | headers is invalid: error converting Lua boolean to String",
            "{headers = {a = {}}} | headers is invalid: error converting Lua table to String",
            "{headers = {a = 'caf\u00e9'}} | builder error for url (PEER/echo): header value is not ASCII: a",
            "{headers = 'x'} | headers is invalid: error converting Lua string to table",
            "{body = {}} | body is invalid: error converting Lua table to String",
            "{body = true} | body is invalid: error converting Lua boolean to String",
            "{args = {a = {{}}}} | args is invalid: ",
            "{version = 'x'} | version is invalid: x",
            "{headers = {['a b'] = '1'}} | builder error for url (PEER/echo): ",
            "{headers = {a = '1\\r\\nb: 2'}} | builder error for url (PEER/echo): ",
            "5 | bad argument #2 to `Http.get`: error converting Lua integer to table"})
    void shouldRefuseWrongOptions(String options, String message) {
        assertThatThrownBy(() -> scripts.run("http.get(peer .. '/echo', " + options + ")"))
                .hasMessageStartingWith(message.replace("PEER", peer.url()));
    }

    @Test
    void shouldShowNoPasswordInErrors() {
        assertThatThrownBy(() -> scripts.run("http.get('http://me:secret@127.0.0.1:1/')"))
                .hasMessage("error sending request for url (http://127.0.0.1:1/): Connection refused");
    }

    @Test
    void shouldSendAnyAddress() {
        assertThat(scripts.run("return echo('GET', '/echo/[a]|%zz\\u{e9}?{b}^|`%4').query"))
                .isEqualTo("%7Bb%7D%5E%7C%60%254");
    }

    @ParameterizedTest
    @CsvSource({"GET, true", "HEAD, true", "DELETE, true", "PURGE, false", "POST, false"})
    void shouldNotTellTheLengthOfNoBody(String method, boolean silent) {
        assertThat(scripts.run("http.request('" + method + "', peer .. '/echo')")).isEmpty();
        assertThat(peer.lastHeaders().containsKey("content-length")).isEqualTo(!silent);
    }

    @Test
    void shouldWriteArgumentsAsTheOriginalDoes() {
        assertThat(scripts.run("return echo('GET', '/echo', {args = {a = {1.0, 2.5, json.null}}}).query"))
                .isEqualTo("a=1&a=2.5&a=null");
    }

    @Test
    void shouldLookUpHostsWithAnUnderscore() {
        assertThat(scripts.run("return http.get((peer:gsub('127.0.0.1', 'under_score.test')) .. '/echo').status"))
                .isEqualTo("200");
        assertThatThrownBy(() -> scripts.run("http.get('http://no_such_host.invalid/')"))
                .hasMessage(
                        "error sending request for url (http://no_such_host.invalid/): no_such_host.invalid: unknown");
    }

    @Test
    void shouldKeepOptionsOfACallOutOfTheAgent() {
        assertThat(scripts.run("""
                local options = {headers = {a = '1', b = '1'}, args = {x = {1, 2, 3}}}
                local agent = http.agent(options)
                local function ask(own) return json.decode(agent:get(peer .. '/echo', own).body) end
                local mixed = ask {headers = {b = '2', c = '2'}, args = {x = {9}}, timeout = 5000, body = 'once'}
                local plain = ask()
                return mixed.headers.a[1], mixed.headers.b[1], mixed.headers.c[1], mixed.query, mixed.body,
                  plain.headers.b[1], plain.headers.c, plain.query, plain.body, options.timeout, options.headers.c"""))
                .isEqualTo("1 2 2 x=9&x=2&x=3 once 1 nil x=1&x=2&x=3  nil nil");
    }

    @Test
    void shouldKeepConnectionsForTheNextRequest() {
        assertThat(
                scripts.run("return echo('GET', '/echo').connection == echo('POST', '/echo', {body = 'x'}).connection"))
                .isEqualTo("true");
    }

    @Test
    void shouldServeManyCallsOfOneAgentAtOnce() {
        scripts.run("agent = http.agent(); here = 0");
        List<RunningScript> calls = IntStream.range(0, 50).mapToObj(_ -> scripts.start("""
                here = here + 1
                while here < 50 do agent:get(peer .. '/slow/1') end
                return agent:get(peer .. '/status/200').body""")).toList();
        assertThat(calls).extracting(RunningScript::results).containsOnly("status 200");
    }

    @Test
    void shouldStopAtABodyThatIsTooLarge() {
        assertThatThrownBy(() -> scripts.run("http.get(peer .. '/large/60000000')"))
                .hasMessageStartingWith("error decoding response body for url (" + peer.url() + "/large/60000000): ");
    }

    @Test
    void shouldLeaveWhenInterrupted() {
        RunningScript call = scripts.start("asked = true; http.get(peer .. '/slow/600000')");
        await().until(() -> scripts.run("return asked").equals("true"));
        call.interrupt();
        assertThatThrownBy(call::results).hasMessageContaining("interrupted");
    }

    @Test
    void shouldWaitInsideOfCoroutines() {
        assertThat(scripts.run("return coroutine.wrap(function() return http.get(peer .. '/slow/1').body end)()"))
                .isEqualTo("slow");
    }

    @Test
    void shouldLeaveNoThreadsOfAgentsThatNobodyRefersTo() {
        List<Thread> before = threads();
        scripts.run("for i = 1, 20 do http.agent():get(peer .. '/status/200') end");
        scripts.run("for i = 1, 5 do local agent = http.agent() pcall(agent.get, agent, peer .. '/garbage') end");
        await().untilAsserted(() -> {
            System.gc();
            assertThat(threads()).isSubsetOf(before);
        });
    }

    private static List<Thread> threads() {
        return Thread.getAllStackTraces().keySet().stream().filter(t -> t.getName().startsWith("HttpClient-")).toList();
    }
}
