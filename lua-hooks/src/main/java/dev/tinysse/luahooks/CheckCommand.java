package dev.tinysse.luahooks;

import dev.tinysse.api.Command;
import dev.tinysse.api.ExitException;
import dev.tinysse.api.HookContext;
import dev.tinysse.api.Script;
import dev.tinysse.api.ScriptException;
import dev.tinysse.lua.syntax.SourceFile;
import dev.tinysse.lua.syntax.SourceToken;
import dev.tinysse.lua.syntax.SyntaxError;
import dev.tinysse.luahooks.check.Finding;
import dev.tinysse.luahooks.check.HookNames;
import dev.tinysse.luahooks.check.ScriptCheck;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * {@code tinysse check FILE…}: loads scripts as the server would, but calls no hook; says which hooks they define, and what is
 * wrong with them.
 *
 * @param out where to say so
 */
record CheckCommand(PrintStream out) implements Command {
    private static final int FINE = 0;
    private static final int FOUND = 1;
    private static final int USAGE = 2;
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @Override
    public String name() {
        return "check";
    }

    @Override
    public String summary() {
        return "Look for mistakes in hook scripts";
    }

    @Override
    public int run(List<String> arguments) {
        if (arguments.isEmpty() || arguments.getFirst().startsWith("-")) {
            out.println("usage: tinysse check FILE...");
            return USAGE;
        }
        return arguments.stream().mapToInt(this::check).max().orElse(FINE);
    }

    private int check(String file) {
        Script script = new Script(Optional.of(Path.of(file)), Optional.empty(), false, LIMIT, LIMIT, 0);
        try (LuaHooks hooks = ScriptLoader.load(script, new NoServer())) {
            List<SourceToken> tokens = SourceToken.all(SourceFile.chunk(ScriptLoader.read(Path.of(file))), "@" + file);
            Set<String> defined = hooks.written().stream().map(HookNames::of).collect(Collectors.toSet());
            List<Finding> findings = hooks.inspect(lua -> ScriptCheck.findings(lua, tokens, defined));
            findings.forEach(found -> out.println(
                    "%s:%d:%d: %s".formatted(file, found.line(), found.column(), found.text())));
            out.println(file + ": hooks: "
                    + (defined.isEmpty() ? "none" : defined.stream().sorted().collect(Collectors.joining(" "))));
            return findings.isEmpty() ? FINE : FOUND;
        } catch (ScriptException e) {
            out.println(withColumn(e));
        } catch (ExitException e) {
            out.println(file + ": the script ends the program: status=" + e.status());
        }
        return FOUND;
    }

    private static String withColumn(ScriptException e) {
        if (!(e.getCause() instanceof SyntaxError error) || error.column() == 0) {
            return e.getMessage();
        }
        return error.getMessage().replaceFirst("^(.*?:\\d+): ", "$1:" + error.column() + ": ");
    }

    /** What scripts see that are loaded without a server. */
    private record NoServer() implements HookContext {
        @Override
        public Map<String, Object> options() {
            return Map.of();
        }

        @Override
        public String server() {
            return LuaHookProvider.SERVER;
        }

        @Override
        public void aboutToWait() {}
    }
}
