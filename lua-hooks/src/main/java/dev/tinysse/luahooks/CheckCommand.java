package dev.tinysse.luahooks;

import dev.tinysse.api.ExitException;
import dev.tinysse.api.HookContext;
import dev.tinysse.api.Script;
import dev.tinysse.api.ScriptException;
import dev.tinysse.cli.Arguments;
import dev.tinysse.cli.CliCommand;
import dev.tinysse.cli.ExitStatus;
import dev.tinysse.cli.Syntax;
import dev.tinysse.cli.UsageException;
import dev.tinysse.lua.CallLimits;
import dev.tinysse.lua.syntax.SourceFile;
import dev.tinysse.lua.syntax.SyntaxError;
import dev.tinysse.luahooks.check.Finding;
import dev.tinysse.luahooks.check.ScriptCheck;
import dev.tinysse.luahooks.check.Surroundings;
import dev.tinysse.luahooks.packages.ScriptClock;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code tinysse check [--run] FILE…}: looks at scripts, says which hooks they define and what is wrong with them. It runs nothing
 * of them, unless {@code --run} loads them as the server would, without calling a hook.
 */
final class CheckCommand extends CliCommand {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final long MEMORY_LIMIT = 64 << 20;
    private static final String RUN = "--run";

    /** Findings go to {@code out}. */
    CheckCommand(PrintStream out, PrintStream err) {
        super(out, err);
    }

    @Override
    public String name() {
        return "check";
    }

    @Override
    public String summary() {
        return "Check hook scripts for errors";
    }

    @Override
    protected Syntax syntax() {
        return new Syntax("tinysse check", List.of("tinysse check [--run] FILE..."),
                "Checks hook scripts for errors, without running them.")
                .flag(RUN, "Also load each script as the server would, with its top level").footer();
    }

    @Override
    protected int run(Arguments arguments) throws UsageException {
        return arguments.files().stream().mapToInt(file -> check(file, arguments.has(RUN))).max().orElseThrow();
    }

    private int check(String file, boolean run) {
        ScriptFile script = new ScriptFile(Path.of(file));
        try {
            byte[] source = SourceFile.chunk(script.read());
            ScriptCheck check = ScriptCheck.of(source, "@" + file, script.searchPath(),
                    run ? afterLoading(script.path()) : beforeLoading());
            List<Finding> findings = check.findings();
            findings.forEach(found -> out().println(
                    "%s:%d:%d: %s".formatted(file, found.line(), found.column(), found.text())));
            out().println(file + ": hooks: " + (check.hooks().isEmpty() ? "none" : String.join(" ", check.hooks())));
            return findings.isEmpty() ? ExitStatus.OK : ExitStatus.FAILED;
        } catch (SyntaxError e) {
            out().println(withColumn(file, e));
        } catch (ScriptException e) {
            out().println(e.getCause() instanceof SyntaxError error ? withColumn(file, error) : e.getMessage());
        } catch (ExitException e) {
            out().println(file + ": the script ends the program: status=" + e.status());
        }
        return ExitStatus.FAILED;
    }

    /** The globals of every script. */
    private static Surroundings beforeLoading() {
        ServerPackages packages = ServerPackages.withoutServer(() -> CallLimits.NONE, ScriptClock.SYSTEM);
        try (PackagedEngine packaged = PackagedEngine.empty(packages)) {
            return packaged.engine().enter(lua -> {
                DefaultHooks.define(lua.runtime());
                return Surroundings.of(lua.runtime());
            });
        }
    }

    /** The same, and what the script has made of it. */
    private static Surroundings afterLoading(Path file) throws ScriptException {
        Script script = new Script(Optional.of(file), Optional.empty(), false, LIMIT, LIMIT, MEMORY_LIMIT);
        try (LuaHooks hooks = ScriptLoader.load(script, new NoServer())) {
            return hooks.inspect(Surroundings::of);
        }
    }

    private static String withColumn(String file, SyntaxError error) {
        String placed = error.placed(file, error.getMessage());
        return error.column() == 0
                ? placed
                : placed.replaceFirst("^(.*?:\\d+): ", "$1:" + error.column() + ": ");
    }

    /** The globals of scripts that are loaded without a server. */
    private record NoServer() implements HookContext {
        @Override
        public Map<String, Object> options() {
            return Map.of();
        }

        @Override
        public String server() {
            return ServerRelease.NAME;
        }

        @Override
        public void aboutToWait() {}
    }
}
