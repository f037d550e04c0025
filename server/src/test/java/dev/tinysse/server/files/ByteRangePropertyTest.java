package dev.tinysse.server.files;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.LongRange;

/** The properties of every {@code Range} header, with headers made at random from a fixed seed. */
class ByteRangePropertyTest {

    @Provide
    Arbitrary<String> headers() {
        return Arbitraries.oneOf(Arbitraries.strings().withChars("0123456789-=, \tbytes").ofMaxLength(20),
                Arbitraries.strings().withChars("01289-").ofMaxLength(8).map(range -> "bytes=" + range));
    }

    @Property(seed = "1")
    void shouldStayWithinTheFile(@ForAll("headers") String header, @ForAll @LongRange(min = 0, max = 300) long size) {
        if (ByteRange.of(header, size) instanceof ByteRange.Part(long first, long last)) {
            assertThat(first).isBetween(0L, last);
            assertThat(last).isLessThan(size);
        }
    }

    @Property(seed = "2")
    void shouldGiveTheBytesThatWereAskedFor(@ForAll @LongRange(min = 0, max = Long.MAX_VALUE) long first,
            @ForAll @LongRange(min = 0, max = Long.MAX_VALUE) long last,
            @ForAll @LongRange(min = 1, max = Long.MAX_VALUE) long size) {
        ByteRange wanted = last < first
                ? new ByteRange.Whole()
                : first < size ? new ByteRange.Part(first, Math.min(last, size - 1)) : new ByteRange.BeyondEnd();
        assertThat(ByteRange.of("bytes=" + first + "-" + last, size)).isEqualTo(wanted);
    }

    @Property(seed = "3")
    void shouldGiveAsManyBytesFromTheEndAsThereAre(@ForAll @LongRange(min = 1, max = Long.MAX_VALUE) long length,
            @ForAll @LongRange(min = 1, max = Long.MAX_VALUE) long size) {
        assertThat(ByteRange.of("bytes=-" + length, size))
                .isEqualTo(new ByteRange.Part(Math.max(0, size - length), size - 1));
    }
}
