package dev.tinysse.luahooks.packages;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The package {@code url} beyond the recorded cases. */
class UrlPackageTest {

    private static final String URL = """
            local url, json = require 'url', require 'json'
            local function make(parts) parts.scheme = 'http' parts.host = 'h' return url(parts) end
            """;

    private final TestScripts scripts = new TestScripts(new UrlPackage(), new JsonPackage());

    @AfterEach
    void close() {
        scripts.close();
    }

    @Test
    void shouldTakeValuesOfArgsWithOrWithoutAnArray() {
        assertThat(scripts.run(URL + "return make {args = {k = 'v'}}, make {args = {k = {1, 2.5, true, json.null}}},"
                + " make {args = {'a'}}")).isEqualTo("http://h/?k=v http://h/?k=1&k=2.5&k=true http://h/?1=a");
    }

    @Test
    void shouldTakeNumbersForPorts() {
        assertThat(scripts.run(URL + "return make {port = 81.0}, make {port = '1e3'}, make {port = 0}"))
                .isEqualTo("http://h:81/ http://h:1000/ http://h:0/");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            make {port = 70000}           | port is invalid: port=70000
            make {port = -1}              | port is invalid: port=-1
            make {port = 80.5}            | port is invalid: port=80.5
            make {port = 'x'}             | port is invalid: port=x
            make {port = {}}              | port is invalid: error converting Lua table to String (expected string or number)
            make {path = {}}              | path is invalid: error converting Lua table to String (expected string or number)
            make {args = 5}               | args is invalid: error converting Lua integer to table
            make {args = {k = {{}}}}      | args is invalid: unsupported value
            make {args = {k = {a = 1}}}   | args is invalid: unsupported value
            make {args = {k = print}}     | args is invalid: cannot serialize <function>
            url {scheme = true, host = 'h'} | scheme is required
            url {scheme = 'http', host = {}} | host is required
            url.quote {a = {}}            | unsupported value
            url.quote {a = {b = 1}}       | unsupported value
            url.quote {a = {{1}}}         | unsupported value
            url.quote {'x'}               | unsupported pair
            url.quote {[{}] = 1}          | unsupported key
            url.quote {a = print}         | cannot serialize <function>
            url.quote {a = '\\xff'}       | invalid UTF-8: invalid utf-8 sequence of 1 bytes from index 0
            url.decode '/x'               | relative URL without a base
            url.decode 'http://h:99999/'  | invalid port number
            """)
    void shouldSayWhatCannotBeUsed(String call, String message) {
        assertThat(scripts.run(URL + "local ok, e = pcall(function() return " + call + " end) assert(not ok) return e"))
                .isEqualTo(message);
    }

    @Test
    void shouldQuoteKeysAndNumbersAsText() {
        assertThat(scripts.run(URL + "return url.quote {[1.5] = 1.0}, url.quote {[true] = 1e100}, url.quote {a = 0/0},"
                + " url.quote {a = -1/0}, '[' .. url.quote {a = json.array()} .. url.quote {a = json.null} .. ']'"))
                .isEqualTo("1.5=1.0 true=1e100 a=NaN a=-inf []");
    }

    @Test
    void shouldGiveNoHostWhereThereIsNone() {
        assertThat(scripts.run(URL + "local p = url.decode 'file:///etc/hosts' return p.host, p.path"))
                .isEqualTo("nil /etc/hosts");
    }

    @Test
    void shouldGiveAllPartsOfAnAddress() {
        assertThat(scripts.run(URL + """
                local p = url.decode 'https://u:p%20w@H:8443/a/../b?x=1&x=2#f'
                return p.scheme, p.username, p.password, p.host, p.port, p.path, p.query, p.fragment, p.args.x[2]"""))
                .isEqualTo("https u p%20w h 8443 /b x=1&x=2 f 2");
    }
}
