package dev.tinysse.streams.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class StoredBytesTest {
    @Property(tries = 50)
    void shouldFindEveryAppend(@ForAll long seed, @ForAll @IntRange(min = 0, max = 1000) int base,
            @ForAll boolean closed) {
        Random random = new Random(seed);
        StoredBytes bytes = new StoredBytes();
        List<byte[]> appends = new ArrayList<>();
        List<Long> starts = new ArrayList<>();
        long tail = base;
        for (int i = 0; i < 300; i++) {
            byte[] data = new byte[i % 50 == 7 ? 70_000 : 1 + random.nextInt(2000)];
            random.nextBytes(data);
            bytes.append(tail, data);
            appends.add(data.clone());
            starts.add(tail);
            tail += data.length;
        }
        if (closed) {
            bytes.close();
        }
        for (int i = 0; i < appends.size(); i++) {
            byte[] data = appends.get(i);
            long position = starts.get(i) + random.nextInt(data.length);
            StoredBytes.Append found = bytes.appendAt(position);
            assertThat(found.start()).isEqualTo(starts.get(i));
            assertThat(found.end()).isEqualTo(starts.get(i) + data.length);
            assertThat(found.bytes()[found.index(position)]).isEqualTo(data[(int) (position - starts.get(i))]);
        }
        long from = base + (long) random.nextInt((int) (tail - base));
        long to = from + 1L + random.nextInt((int) (tail - from));
        List<ByteBuffer> parts = new ArrayList<>();
        LongStream.Builder ends = LongStream.builder();
        bytes.collect(from, to, parts, ends, true);
        ByteBuffer all = ByteBuffer.allocate((int) (to - from));
        parts.forEach(all::put);
        assertThat(all.hasRemaining()).isFalse();
        assertThat(all.array()).isEqualTo(slice(appends, from - base, to - base));
        assertThat(ends.build().toArray()).isEqualTo(expectedEnds(starts, tail, from, to));
    }

    private static byte[] slice(List<byte[]> appends, long from, long to) {
        ByteBuffer all = ByteBuffer.allocate(appends.stream().mapToInt(data -> data.length).sum());
        appends.forEach(all::put);
        byte[] slice = new byte[(int) (to - from)];
        all.get((int) from, slice);
        return slice;
    }

    private static long[] expectedEnds(List<Long> starts, long tail, long from, long to) {
        return LongStream.concat(starts.stream().mapToLong(Long::longValue), LongStream.of(tail))
                .filter(end -> end > from).map(end -> Math.min(end, to)).distinct().toArray();
    }
}
