package dev.tinysse.luahooks;

import dev.tinysse.api.ScriptException;
import dev.tinysse.cli.Arguments;
import dev.tinysse.cli.CliCommand;
import dev.tinysse.cli.ExitStatus;
import dev.tinysse.cli.Syntax;
import dev.tinysse.cli.UsageException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;

/**
 * {@code tinysse test FILE…}: runs an author's own tests, the global functions {@code test_…} of each file, or the functions of
 * the table that it returns.
 */
final class TestCommand extends CliCommand {

    /** Results go to {@code out}. */
    TestCommand(PrintStream out, PrintStream err) {
        super(out, err);
    }

    @Override
    public String name() {
        return "test";
    }

    @Override
    public String summary() {
        return "Run tests of hook scripts";
    }

    @Override
    protected Syntax syntax() {
        return new Syntax("tinysse test", List.of("tinysse test FILE..."),
                "Runs the functions test_... of each file, or of the table that the file returns.").footer();
    }

    @Override
    protected int run(Arguments arguments) throws UsageException {
        return test(arguments.files());
    }

    private int test(List<String> files) {
        int passed = 0;
        int failed = 0;
        for (String file : files) {
            for (ScriptTests.Outcome outcome : outcomes(file)) {
                out().println(outcome.failure().isEmpty()
                        ? "PASS " + outcome.test()
                        : "FAIL " + outcome.test() + ": " + outcome.failure().get());
                passed += outcome.failure().isEmpty() ? 1 : 0;
                failed += outcome.failure().isEmpty() ? 0 : 1;
            }
        }
        out().println(passed + " passed, " + failed + " failed");
        return failed == 0 ? ExitStatus.OK : ExitStatus.FAILED;
    }

    private static List<ScriptTests.Outcome> outcomes(String file) {
        try {
            List<ScriptTests.Outcome> outcomes = ScriptTests.run(Path.of(file));
            return outcomes.isEmpty()
                    ? List.of(ScriptTests.Outcome.failed(file, "it has no tests, which are functions test_..."))
                    : outcomes;
        } catch (ScriptException e) {
            return List.of(ScriptTests.Outcome.failed(file, e.getMessage()));
        }
    }
}
