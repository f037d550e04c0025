package dev.tinysse.streams.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OffsetTest {
    @Test
    void shouldHaveTwoGroupsOfSixteenDigits() {
        assertThat(new Offset(1_796_276_997_671_536L, 12)).hasToString("1796276997671536_0000000000000012");
        assertThat(Offset.BEGINNING).hasToString("0000000000000000_0000000000000000");
    }

    @Test
    void shouldReadWhatItWrites() {
        Offset offset = new Offset(1_796_276_997_671_536L, 9_999_999_999_999_999L);

        assertThat(Offset.parse(offset.toString())).contains(offset);
    }

    @Test
    void shouldSortAsText() {
        assertThat(new Offset(2, 9).toString()).isLessThan(new Offset(2, 10).toString());
        assertThat(new Offset(2, 99).toString()).isLessThan(new Offset(3, 1).toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1", "0,0", "000000000000000_00000000000000000", "0000000000000000-0000000000000000",
            "0000000000000000_000000000000000a", "+000000000000000_0000000000000000",
            "0000000000000000_00000000000000000"})
    void shouldRefuseOtherTexts(String text) {
        assertThat(Offset.parse(text)).isEmpty();
        assertThat(ReadStart.parse(text)).isEmpty();
    }

    @Test
    void shouldKnowReservedValues() {
        assertThat(ReadStart.parse("-1")).contains(new ReadStart.Beginning());
        assertThat(ReadStart.parse("now")).contains(new ReadStart.Tail());
        assertThat(ReadStart.parse(Offset.BEGINNING.toString())).contains(new ReadStart.Beginning());
    }
}
