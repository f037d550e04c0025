package dev.tinysse.lua.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tinysse.lua.function.LibraryTable;
import dev.tinysse.lua.lib.support.Host;
import dev.tinysse.lua.value.Strings;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LuaInterpreterTest {
    @TempDir
    Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final List<Integer> exits = new ArrayList<>();

    @Test
    void shouldRunAScriptWithItsArguments() throws IOException {
        assertThat(run(script("print(..., #arg, arg[2]) print(arg[0]:match('[^/]+$'))"), "a", "b")).isZero();
        assertThat(out.toString()).isEqualTo("a\t2\tb\nscript.lua\n");
    }

    @Test
    void shouldRunTheStandardInput() {
        assertThat(run("-")).isZero();
        assertThat(out.toString()).isEqualTo("from input\n");
    }

    @Test
    void shouldReportAnErrorWithItsPosition() throws IOException {
        assertThat(run(script("\nlocal t\nt.x = 1"))).isEqualTo(LuaInterpreter.FAILURE);
        assertThat(err.toString())
                .startsWith("lua: " + folder + "/script.lua:3: attempt to index a nil value (local 't')");
    }

    @Test
    void shouldReportAMistakeInTheSource() throws IOException {
        assertThat(run(script("x = = 1"))).isEqualTo(LuaInterpreter.FAILURE);
        assertThat(err.toString()).contains("script.lua:1: unexpected symbol near '='");
    }

    @Test
    void shouldReportErrorsThatAreObjects() throws IOException {
        run(script("error(setmetatable({}, {__tostring = function() return 'mine' end}))"));
        run(script("error({})"));
        assertThat(err.toString()).contains("lua: mine\n", "lua: (error object is a table value)");
    }

    @Test
    void shouldReportAFileThatIsNotThere() {
        assertThat(run("nowhere.lua")).isEqualTo(LuaInterpreter.FAILURE);
        assertThat(err.toString()).isEqualTo("lua: cannot open nowhere.lua\n");
    }

    @Test
    void shouldRefuseUnknownOptions() {
        assertThat(run("--nope")).isEqualTo(LuaInterpreter.USAGE);
        assertThat(err.toString()).startsWith("lua: unknown option: --nope\nusage: lua ");
        assertThat(run("--help")).isZero();
    }

    @Test
    void shouldShowDebugAndArgumentsOnlyOutsideTheSandbox() throws IOException {
        String script = script("print(debug ~= nil, arg ~= nil, select('#', ...))");
        run(script, "x");
        run("--sandbox", script, "x");
        assertThat(out.toString()).isEqualTo("true\ttrue\t1\nfalse\tfalse\t0\n");
    }

    @Test
    void shouldOfferPackages() throws IOException {
        LuaInterpreter interpreter = new LuaInterpreter(host(), List.of(runtime -> runtime.loaded().rawset("greeter",
                LibraryTable.named(runtime, "greeter").add("hello", args -> Strings.of("hello")).table())));
        assertThat(interpreter.run(List.of(script("print(require('greeter').hello())")))).isZero();
        assertThat(out.toString()).isEqualTo("hello\n");
    }

    @Test
    void shouldWriteOutWhatAScriptLeavesInItsBuffers() throws IOException {
        run(script("io.write('no newline') file = io.open('" + folder + "/left', 'w') file:write('left open')"));
        assertThat(out.toString()).isEqualTo("no newline");
        assertThat(folder.resolve("left")).hasContent("left open");
    }

    @Test
    void shouldPassTheExitOn() throws IOException {
        run(script("os.exit(7)"));
        assertThat(exits).containsExactly(7);
    }

    private int run(String... arguments) {
        return new LuaInterpreter(host(), List.of()).run(List.of(arguments));
    }

    private Host host() {
        byte[] input = "print('from input')".getBytes(StandardCharsets.UTF_8);
        return new Host(new ByteArrayInputStream(input), out, err, name -> null, "", exits::add);
    }

    private String script(String source) throws IOException {
        return Files.writeString(folder.resolve("script.lua"), source).toString();
    }
}
