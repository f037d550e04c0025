package dev.tinysse.lua.lib.require;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tinysse.lua.lib.support.LibraryFixture;
import dev.tinysse.lua.value.Strings;
import dev.tinysse.lua.value.Table;
import dev.tinysse.lua.value.Values;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.luaj.vm2.LuaValue;

class PackageLibraryTest {
    @TempDir
    Path folder;

    private final LibraryFixture lua = LibraryFixture.create();
    private final Table library = (Table) lua.runtime.globals().rawget("package");

    @Test
    void shouldFindTheStandardLibraries() {
        assertThat(lua.call("require", "string").getFirst()).isSameAs(lua.runtime.globals().rawget("string"));
        assertThat(lua.call("require", "_G").getFirst()).isSameAs(lua.runtime.globals());
    }

    @Test
    void shouldLoadWhatIsPreloadedOnce() {
        ((Table) library.rawget("preload")).rawset("mine",
                lua.function(args -> Strings.of("made for " + Strings.text(args.string(1)))));
        assertThat(lua.call("require", "mine")).containsExactly("made for mine", ":preload:");
        assertThat(lua.call("require", "mine")).containsExactly("made for mine");
    }

    @Test
    void shouldStoreTrueForAModuleWithoutResult() {
        ((Table) library.rawget("preload")).rawset("silent", lua.function(args -> LuaValue.NONE));
        assertThat(lua.call("require", "silent").getFirst()).isEqualTo(true);
        assertThat(lua.runtime.loaded().rawget("silent")).isEqualTo(LuaValue.TRUE);
    }

    @Test
    void shouldListWhereItLooked() {
        library.rawset("path", Strings.of("?.lua;?/?"));
        library.rawset("cpath", Strings.of("?.so;?/init"));
        assertThatThrownBy(() -> lua.call("require", "a.b")).hasMessage("""
                module 'a.b' not found:
                \tno field package.preload['a.b']
                \tno file 'a/b.lua'
                \tno file 'a/b/a/b'
                \tno file 'a/b.so'
                \tno file 'a/b/init'""");
    }

    @Test
    void shouldAskTheSearchersOfTheScript() {
        Table searchers = (Table) library.rawget("searchers");
        searchers.rawset(1L, lua.function(args -> Values.of(lua.function(inner -> inner.all()), Strings.of("extra"))));
        assertThat(lua.call("require", "virtual")).containsExactly("virtual", "extra");
    }

    @Test
    void shouldReportBrokenSettings() {
        library.rawset("path", lua.table());
        assertThatThrownBy(() -> lua.call("require", "x")).hasMessage("'package.path' must be a string");
        library.rawset("searchers", LuaValue.NIL);
        assertThatThrownBy(() -> lua.call("require", "x")).hasMessage("'package.searchers' must be a table");
    }

    @Test
    void shouldSearchPaths() throws IOException {
        Files.createDirectory(folder.resolve("a"));
        Files.writeString(folder.resolve("a/b.lua"), "");
        String path = folder + "/?.txt;" + folder + "/?.lua";
        assertThat(lua.call("package.searchpath", "a.b", path)).containsExactly(folder + "/a/b.lua");
        assertThat(lua.call("package.searchpath", "a-b", path, "-", "/")).containsExactly(folder + "/a/b.lua");
        assertThat(lua.call("package.searchpath", "a", folder + "/?")).containsExactly(null,
                "no file '" + folder + "/a'");
    }

    @Test
    void shouldLoadNoNativeCode() throws IOException {
        Files.writeString(folder.resolve("x.so"), "");
        assertThat(lua.call("package.loadlib", folder.resolve("x.so"), "*")).containsExactly(null,
                "native code cannot be loaded", "absent");
        library.rawset("path", Strings.of(""));
        library.rawset("cpath", Strings.of(folder + "/?.so"));
        assertThatThrownBy(() -> lua.call("require", "x"))
                .hasMessage(
                        "error loading module 'x' from file '" + folder + "/x.so':\n\tnative code cannot be loaded");
    }

    @Test
    void shouldTakeThePathFromTheEnvironment() {
        assertThat(SearchPath.fromEnvironment(Map.of("LUA_PATH", "a")::get, "LUA_PATH", "std")).isEqualTo("a");
        assertThat(SearchPath.fromEnvironment(Map.of("LUA_PATH", "a", "LUA_PATH_5_4", "b")::get, "LUA_PATH", "std"))
                .isEqualTo("b");
        assertThat(SearchPath.fromEnvironment(Map.of("LUA_PATH", "a;;b")::get, "LUA_PATH", "std")).isEqualTo("a;std;b");
        assertThat(SearchPath.fromEnvironment(Map.of("LUA_PATH", ";;")::get, "LUA_PATH", "std")).isEqualTo("std");
        assertThat(SearchPath.fromEnvironment(name -> null, "LUA_PATH", "std")).isEqualTo("std");
    }
}
