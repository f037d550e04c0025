package dev.tinysse.lua.lib.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tinysse.lua.lib.support.LibraryFixture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IoLibraryTest {
    @TempDir
    Path folder;

    private final LibraryFixture lua = LibraryFixture.withInput("first\nsecond\n3.5 0x10 end");

    @Test
    void shouldWriteAndReadFiles() {
        Object file = open("w");
        assertThat(lua.method(file, "write", "text\n", 2, " ", 3.0)).containsExactly(file);
        assertThat(lua.method(file, "close")).containsExactly(true);
        assertThat(folder.resolve("file")).hasContent("text\n2 3");
        assertThat(lua.method(open("r"), "read", "l", "n", 1, "a", "a", "l")).containsExactly("text", 2L, " ", "3", "",
                null);
    }

    @Test
    void shouldReadByFormats() {
        assertThat(lua.call("io.read")).containsExactly("first");
        assertThat(lua.call("io.read", "L")).containsExactly("second\n");
        assertThat(lua.call("io.read", "n", "*n")).containsExactly(3.5, 16L);
        assertThat(lua.call("io.read", 0, 2, 100)).containsExactly("", " e", "nd");
        assertThat(lua.call("io.read", 0)).containsExactly((Object) null);
        assertThat(lua.call("io.read", "a")).containsExactly("");
        assertThatThrownBy(() -> lua.call("io.read", "x")).hasMessage("bad argument #1 to 'io.read' (invalid format)");
    }

    @Test
    void shouldStopAtWhatIsNoNumber() throws IOException {
        write("12e 0x 1.5.2 -");
        Object file = open("r");
        assertThat(lua.method(file, "read", "n")).containsExactly((Object) null);
        assertThat(lua.method(file, "read", 1, "n")).containsExactly(" ", null);
        assertThat(lua.method(file, "read", "n", "n", "n")).containsExactly(1.5, 0.2, null);
    }

    @Test
    void shouldReadNoNumeralOfEndlessDigits() throws IOException {
        write("1".repeat(250));
        Object file = open("r");
        assertThat(lua.method(file, "read", "n")).containsExactly((Object) null);
        assertThat(lua.method(file, "read", "a").getFirst().toString()).hasSize(50);
    }

    @Test
    void shouldSayWhyAFileCannotBeOpened() {
        String name = folder.resolve("none").toString();
        assertThat(lua.call("io.open", name)).containsExactly(null, name + ": No such file or directory", 2L);
        assertThat(lua.call("io.open", folder, "w")).containsExactly(null, folder + ": Is a directory", 21L);
        assertThatThrownBy(() -> lua.call("io.open", name, "rw"))
                .hasMessage("bad argument #2 to 'io.open' (invalid mode)");
        assertThatThrownBy(() -> lua.call("io.lines", name))
                .hasMessage("cannot open file '" + name + "' (No such file or directory)");
        assertThat(lua.method(lua.call("io.open", folder).getFirst(), "read", "a")).containsExactly(null,
                "Is a directory", 21L);
    }

    @Test
    void shouldRefuseClosedFiles() throws IOException {
        write("x");
        Object file = open("r");
        lua.method(file, "close");
        assertThat(lua.call("io.type", file)).containsExactly("closed file");
        assertThat(lua.call("tostring", file)).containsExactly("file (closed)");
        assertThatThrownBy(() -> lua.method(file, "read")).hasMessage("attempt to use a closed file");
        assertThat(lua.call("io.type", 5)).containsExactly((Object) null);
    }

    @Test
    void shouldNotCloseStandardFiles() {
        assertThat(lua.call("io.close")).containsExactly(null, "cannot close standard file");
        lua.call("io.write", "still open");
        lua.call("io.flush");
        assertThat(lua.out.toString()).isEqualTo("still open");
    }

    @Test
    void shouldIterateOverLinesAndCloseTheFile() throws IOException {
        write("a\nb\n\nlast");
        List<Object> iteration = lua.call("io.lines", folder.resolve("file"));
        assertThat(iteration).hasSize(4);
        assertThat(lua.invoke(iteration.getFirst())).containsExactly("a");
        assertThat(lua.invoke(iteration.getFirst())).containsExactly("b");
        assertThat(lua.invoke(iteration.getFirst())).containsExactly("");
        assertThat(lua.invoke(iteration.getFirst())).containsExactly("last");
        assertThat(lua.invoke(iteration.getFirst())).isEmpty();
        assertThat(lua.call("io.type", iteration.get(3))).containsExactly("closed file");
        assertThatThrownBy(() -> lua.invoke(iteration.getFirst())).hasMessage("file is already closed");
    }

    @Test
    void shouldSeek() throws IOException {
        write("0123456789");
        Object file = open("r+");
        assertThat(lua.method(file, "read", 3)).containsExactly("012");
        assertThat(lua.method(file, "seek")).containsExactly(3L);
        assertThat(lua.method(file, "seek", "end", -2)).containsExactly(8L);
        assertThat(lua.method(file, "read", "a")).containsExactly("89");
        assertThat(lua.method(file, "seek", "set", -1)).containsExactly(null, "Invalid argument", 22L);
        assertThatThrownBy(() -> lua.method(file, "seek", "bad")).hasMessageContaining("invalid option 'bad'");
    }

    @Test
    void shouldChangeTheDefaultFiles() throws IOException {
        write("from file");
        lua.call("io.input", folder.resolve("file"));
        assertThat(lua.call("io.read", "a")).containsExactly("from file");
        lua.call("io.output", folder.resolve("other"));
        lua.call("io.write", "to other");
        lua.call("io.close");
        assertThat(folder.resolve("other")).hasContent("to other");
        assertThatThrownBy(() -> lua.call("io.write", "x")).hasMessage("default output file is closed");
    }

    @Test
    void shouldTalkToCommands() {
        Object reader = lua.call("io.popen", "echo hello; exit 3").getFirst();
        assertThat(lua.method(reader, "read", "a")).containsExactly("hello\n");
        assertThat(lua.method(reader, "close")).containsExactly(null, "exit", 3L);
        Object writer = lua.call("io.popen", "cat > " + folder.resolve("file"), "w").getFirst();
        lua.method(writer, "write", "given");
        assertThat(lua.method(writer, "close")).containsExactly(true, "exit", 0L);
        assertThat(folder.resolve("file")).hasContent("given");
        assertThatThrownBy(() -> lua.call("io.popen", "true", "rw")).hasMessageContaining("invalid mode");
    }

    @Test
    void shouldMakeTemporaryFiles() {
        Object file = lua.call("io.tmpfile").getFirst();
        lua.method(file, "write", "kept");
        lua.method(file, "seek", "set");
        assertThat(lua.method(file, "read", "a")).containsExactly("kept");
        lua.method(file, "close");
    }

    private Object open(String mode) {
        return lua.call("io.open", folder.resolve("file"), mode).getFirst();
    }

    private void write(String content) throws IOException {
        Files.writeString(folder.resolve("file"), content);
    }
}
