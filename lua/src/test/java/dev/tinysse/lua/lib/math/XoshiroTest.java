package dev.tinysse.lua.lib.math;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class XoshiroTest {

    @Test
    void shouldGiveTheNumbersOfTheReferenceImplementation() {
        Xoshiro generator = new Xoshiro(42, 0);
        assertThat(generator.next()).isEqualTo(-1276290044721465627L);
        assertThat(generator.next()).isEqualTo(8333941968102511665L);
        assertThat(1 + generator.project(generator.next(), 5)).isEqualTo(4);
        assertThat(1 + generator.project(generator.next(), 5)).isEqualTo(6);
        assertThat(1 + generator.project(generator.next(), 99)).isEqualTo(54);
    }

    @Test
    void shouldMakeFloatsOfTheHighBits() {
        Xoshiro generator = new Xoshiro(1, 2);
        assertThat(generator.next()).isEqualTo(8291693048688576641L);
        assertThat(Xoshiro.toFloat(generator.next())).isEqualTo(0.22576880156399304);
        assertThat(Xoshiro.toFloat(-1)).isLessThan(1);
    }

    @Test
    void shouldStayWithinAnUnsignedLimit() {
        Xoshiro generator = new Xoshiro(7, 7);
        for (int i = 0; i < 1000; i++) {
            assertThat(Long.compareUnsigned(generator.project(generator.next(), -7), -7)).isLessThanOrEqualTo(0);
            assertThat(generator.project(generator.next(), 2)).isBetween(0L, 2L);
        }
    }
}
