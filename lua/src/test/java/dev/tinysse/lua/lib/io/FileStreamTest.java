package dev.tinysse.lua.lib.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.SequenceInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileStreamTest {
    @TempDir
    Path folder;

    @Test
    void shouldReadBehindWhatWasWritten() throws IOException {
        FileStream stream = open("w+");
        write(stream, "abc");
        assertThat(stream.seek(FileStream.Origin.SET, 1)).isEqualTo(1);
        assertThat(stream.next()).isEqualTo('b');
        write(stream, "X");
        stream.close();
        assertThat(folder.resolve("file")).hasContent("abX");
    }

    @Test
    void shouldWriteWhereReadingCameTo() throws IOException {
        Files.writeString(folder.resolve("file"), "0123456789");
        FileStream stream = open("r+");
        stream.next();
        stream.next();
        write(stream, "AB");
        assertThat(stream.seek(FileStream.Origin.CUR, 0)).isEqualTo(4);
        assertThat(stream.next()).isEqualTo('4');
        stream.close();
        assertThat(folder.resolve("file")).hasContent("01AB456789");
    }

    @Test
    void shouldAppendWhereverItWas() throws IOException {
        Files.writeString(folder.resolve("file"), "old");
        FileStream stream = open("a+");
        assertThat(stream.next()).isEqualTo('o');
        write(stream, "new");
        stream.close();
        assertThat(folder.resolve("file")).hasContent("oldnew");
    }

    @Test
    void shouldRefuseTheWrongDirectionAtOnce() throws IOException {
        Files.writeString(folder.resolve("file"), "x");
        FileStream reading = open("r");
        assertThatThrownBy(() -> write(reading, "y")).hasMessage("Bad file descriptor");
        assertThatThrownBy(() -> open("w").next()).hasMessage("Bad file descriptor");
    }

    @Test
    void shouldKeepOutputUntilItIsFlushed() throws IOException {
        ByteArrayOutputStream target = new ByteArrayOutputStream();
        FileStream stream = new FileStream(StreamDevice.writing(target), FileStreamTest::directly);
        write(stream, "line\nrest");
        assertThat(target.toString()).isEmpty();
        stream.flush();
        assertThat(target.toString()).isEqualTo("line\nrest");
    }

    @Test
    void shouldWriteLinesAtOnceIfAskedTo() throws IOException {
        ByteArrayOutputStream target = new ByteArrayOutputStream();
        FileStream stream = new FileStream(StreamDevice.writing(target), FileStreamTest::directly);
        stream.buffering(FileStream.Buffering.LINE);
        write(stream, "no end");
        assertThat(target.toString()).isEmpty();
        write(stream, " yet\n");
        assertThat(target.toString()).isEqualTo("no end yet\n");
    }

    @Test
    void shouldWaitAsItIsTold() throws IOException {
        AtomicInteger waits = new AtomicInteger();
        FileStream stream = new FileStream(StreamDevice.reading(new ByteArrayInputStream(new byte[]{7})),
                new FileStream.Waiting() {
                    @Override
                    public <T> T run(Callable<T> work) throws Exception {
                        waits.incrementAndGet();
                        return work.call();
                    }
                });
        assertThat(stream.next()).isEqualTo(7);
        assertThat(waits).hasValue(1);
    }

    @Test
    void shouldKeepWhatSomebodyElseReadMeanwhile() throws IOException {
        SequenceInputStream bytewise = new SequenceInputStream(new ByteArrayInputStream(new byte[]{1}),
                new ByteArrayInputStream(new byte[]{2}));
        FileStream[] stream = new FileStream[1];
        AtomicInteger waits = new AtomicInteger();
        stream[0] = new FileStream(StreamDevice.reading(bytewise), new FileStream.Waiting() {
            @Override
            public <T> T run(Callable<T> work) throws Exception {
                if (waits.incrementAndGet() == 1) {
                    stream[0].fill();
                }
                return work.call();
            }
        });
        assertThat(stream[0].next()).isEqualTo(1);
        assertThat(stream[0].next()).isEqualTo(2);
        assertThat(stream[0].next()).isEqualTo(-1);
    }

    @Test
    void shouldRefuseToSeekInAStream() {
        FileStream stream = new FileStream(StreamDevice.reading(new ByteArrayInputStream(new byte[0])),
                FileStreamTest::directly);
        assertThatThrownBy(() -> stream.seek(FileStream.Origin.SET, 0)).hasMessage("Illegal seek");
    }

    @Test
    void shouldRefuseToGoBeforeTheStart() throws IOException {
        FileStream stream = open("w");
        assertThatThrownBy(() -> stream.seek(FileStream.Origin.SET, -1)).hasMessage("Invalid argument");
    }

    private FileStream open(String mode) throws IOException {
        return new FileStream(FileDevice.open(folder.resolve("file"), mode), FileStreamTest::directly);
    }

    private static <T> T directly(Callable<T> work) throws Exception {
        return work.call();
    }

    private static void write(FileStream stream, String text) throws IOException {
        stream.write(text.getBytes(), 0, text.length());
    }
}
