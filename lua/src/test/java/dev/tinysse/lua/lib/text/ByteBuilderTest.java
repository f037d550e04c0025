package dev.tinysse.lua.lib.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ByteBuilderTest {

    @Test
    void shouldGrowAsNeeded() {
        ByteBuilder builder = new ByteBuilder().append("ab").append('c').fill('-', 100).append(new byte[]{1, 2});
        assertThat(builder.length()).isEqualTo(105);
        assertThat(builder.toBytes()).startsWith('a', 'b', 'c', '-').endsWith('-', 1, 2);
    }

    @Test
    void shouldTellTheAllowanceHowMuchItTakes() {
        AtomicLong taken = new AtomicLong();
        new ByteBuilder(10, taken::addAndGet).fill(0, 1000);
        assertThat(taken).hasValue(1000);
    }

    @Test
    void shouldStopWhenTheAllowanceRefuses() {
        ByteBuilder builder = new ByteBuilder(4, bytes -> {
            throw new IllegalStateException("not enough memory");
        });
        assertThatThrownBy(() -> builder.append("abcde")).hasMessage("not enough memory");
    }

    @Test
    void shouldRefuseWhatNoArrayCanHold() {
        ByteBuilder builder = new ByteBuilder().append("x");
        assertThatThrownBy(() -> builder.append(new byte[0], 0, Integer.MAX_VALUE))
                .hasMessage("resulting string too large");
    }
}
