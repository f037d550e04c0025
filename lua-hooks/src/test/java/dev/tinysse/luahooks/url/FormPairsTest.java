package dev.tinysse.luahooks.url;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FormPairsTest {

    @Test
    void shouldEncodeWhatIsNoLetterOrDigit() {
        assertThat(FormPairs.encode(Map.of("k&=", List.of("v&=/?#%", "x y", "x+y", "*-._", "é\n", ""))))
                .isEqualTo(
                        "k%26%3D=v%26%3D%2F%3F%23%25&k%26%3D=x+y&k%26%3D=x%2By&k%26%3D=*-._&k%26%3D=%C3%A9%0A&k%26%3D=");
        assertThat(FormPairs.encode(Map.of())).isEmpty();
    }

    @Test
    void shouldCollectTheValuesOfANameInOrder() {
        assertThat(FormPairs.decode("b=3&a=1&&a=2&")).containsExactly(entry("b", List.of("3")),
                entry("a", List.of("1", "2")));
        assertThat(FormPairs.decode("")).isEmpty();
    }

    @Test
    void shouldTakeMissingNamesAndValuesAsEmpty() {
        assertThat(FormPairs.decode("a&=b&c=d=e")).containsExactly(entry("a", List.of("")), entry("", List.of("b")),
                entry("c", List.of("d=e")));
    }

    @Test
    void shouldDecodePercentCodesAndPluses() {
        assertThat(FormPairs.decode("a+b%21=x+y%20z%2B%26&n=%00&u=%C3%A9é")).containsExactly(
                entry("a b!", List.of("x y z+&")), entry("n", List.of("\0")), entry("u", List.of("éé")));
    }

    @Test
    void shouldKeepBadPercentCodes() {
        assertThat(FormPairs.decode("a=%zz%4&b=%ff")).containsExactly(entry("a", List.of("%zz%4")),
                entry("b", List.of("\ufffd")));
    }

    @Test
    void shouldGiveNoMeaningToOtherCharacters() {
        assertThat(FormPairs.decode("?a[]=1;b=2#c")).containsExactly(entry("?a[]", List.of("1;b=2#c")));
    }
}
