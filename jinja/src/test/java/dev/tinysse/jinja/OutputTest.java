package dev.tinysse.jinja;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OutputTest {
    private final List<Long> asked = new ArrayList<>();
    private final Output output = new Output(new Budget() {
        @Override
        public void step() {}

        @Override
        public void allocate(long bytes) {
            asked.add(bytes);
        }
    });

    @ParameterizedTest
    @CsvSource({"x, 1", "\u00fc, 1", "\u20ac, 2"})
    void shouldAskForTheWholeBufferBeforeItGrows(String letter, int bytes) {
        output.append(letter.repeat(1000));
        asked.clear();
        output.append(letter);
        assertThat(Collections.max(asked)).isEqualTo(2000L * bytes);
    }

    @ParameterizedTest
    @CsvSource({"x, 1", "\u00fc, 1", "\u20ac, 2"})
    void shouldAskForTheTextThatItBecomes(String letter, int bytes) {
        output.append(letter.repeat(1000));
        asked.clear();
        assertThat(output.toString()).hasSize(1000);
        assertThat(asked).containsExactly(1000L * bytes);
    }
}
