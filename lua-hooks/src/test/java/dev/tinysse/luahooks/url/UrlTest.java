package dev.tinysse.luahooks.url;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UrlTest {

    @Test
    void shouldFindAllParts() {
        Url url = UrlParser.parse("https://ann:p%40w@Shop.example:8443/cart/new?item=pen#total");
        assertThat(url).isEqualTo(new Url("https", "ann", Optional.of("p%40w"), Optional.of("shop.example"),
                OptionalInt.of(8443), "/cart/new", Optional.of("item=pen"), Optional.of("total")));
    }

    @Test
    void shouldTellAnEmptyPartFromNone() {
        Url empty = UrlParser.parse("http://h/?#");
        assertThat(empty.query()).contains("");
        assertThat(empty.fragment()).contains("");
        Url none = UrlParser.parse("http://h/");
        assertThat(none.query()).isEmpty();
        assertThat(none.fragment()).isEmpty();
        assertThat(none.password()).isEmpty();
    }

    @Test
    void shouldFindNoHostInAddressesWithoutOne() {
        Url url = UrlParser.parse("mailto:a@b.c?subject=hi");
        assertThat(url.host()).isEmpty();
        assertThat(url.path()).isEqualTo("a@b.c");
        assertThat(url.query()).contains("subject=hi");
    }

    @Test
    void shouldIgnoreWhiteSpaceAroundAndBreaksInside() {
        assertThat(UrlParser.parse("  ht\ntp://h\t/a\r\nb \n")).hasToString("http://h/ab");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiterString = " => ", quoteCharacter = '¦', textBlock = """
            http://h => http://h/
            HTTP://H/ => http://h/
            http:h/p => http://h/p
            http:///h/p => http://h/p
            http:\\\\h\\p => http://h/p
            http://h/a/../b/./c => http://h/b/c
            http://h/a/%2e%2E/b => http://h/b
            http://h/.. => http://h/
            http://h/a/. => http://h/a/
            http://h//a => http://h//a
            http://h/a b%20c%zz => http://h/a%20b%20c%zz
            http://h/é => http://h/%C3%A9
            http://h/"<>`{}|^[]' => http://h/%22%3C%3E%60%7B%7D|^[]'
            http://h/?"<>`{}|' x => http://h/?%22%3C%3E`{}|%27%20x
            http://h/#"<>`{}|' x => http://h/#%22%3C%3E%60{}|'%20x
            http://h/a?b?c#d#e => http://h/a?b?c#d#e
            redis://h:6379/0?x=' => redis://h:6379/0?x='
            foo:/..//a => foo:/.//a
            file:///a/../b => file:///b
            file://localhost/p => file:///p
            data:text/plain,x y => data:text/plain,x y
            """)
    void shouldNormalize(String text, String expected) {
        assertThat(UrlParser.parse(text)).hasToString(expected);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiterString = " => ", textBlock = """
            http://u@h/ => http://u@h/
            http://:p@h/ => http://:p@h/
            http://u:@h/ => http://u@h/
            http://@h/ => http://h/
            http://u:p:q@h/ => http://u:p%3Aq@h/
            http://a@b@h/ => http://a%40b@h/
            http://a b@h/ => http://a%20b@h/
            """)
    void shouldFindCredentials(String text, String expected) {
        assertThat(UrlParser.parse(text)).hasToString(expected);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"http://h:80/,http://h/", "http://h:0080/,http://h/", "http://h:/,http://h/", "http://h:0/,http://h:0/",
            "https://h:80/,https://h:80/", "wss://h:443,wss://h/", "ftp://h:21/,ftp://h/"})
    void shouldLeaveOutThePortOfTheScheme(String text, String expected) {
        assertThat(UrlParser.parse(text)).hasToString(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            word            | relative URL without a base
            /only/path      | relative URL without a base
            1a://h          | relative URL without a base
            http://         | empty host
            http://?q       | empty host
            redis://u@/     | empty host
            http://h:99999/ | invalid port number
            http://h:x/     | invalid port number
            http://a b/     | invalid international domain name
            foo://a<b/      | invalid domain character
            """)
    void shouldTellWhatIsWrong(String text, String message) {
        assertThatExceptionOfType(UrlException.class).isThrownBy(() -> UrlParser.parse(text)).withMessage(message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://ann:pw@shop.example:8443/cart?item=pen#total", "http://[::1]:99/", "mailto:a@b.c",
            "foo:/.//a", "file:///etc/hosts", "urn:a:b"})
    void shouldWriteWhatItRead(String text) {
        assertThat(UrlParser.parse(text)).hasToString(text);
        assertThat(UrlParser.parse(UrlParser.parse(text).toString())).isEqualTo(UrlParser.parse(text));
    }
}
