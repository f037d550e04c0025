package dev.tinysse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tinysse.api.Command;
import dev.tinysse.cli.ExitStatus;
import dev.tinysse.server.settings.Invocation;
import dev.tinysse.server.settings.Settings;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LaunchTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final List<Settings> served = new ArrayList<>();
    private final Launch launch = new Launch(this::serve, () -> List.of(new Echo()), print(out), print(err));

    @Test
    void shouldServeAndGiveTheStatusOfTheServer() {
        assertThat(run("-c", "5")).isEqualTo(ExitStatus.FAILED);
        assertThat(served).extracting(settings -> settings.streams().capacity()).containsExactly(5);
    }

    @Test
    void shouldPrintHelpToStandardOutput() {
        assertThat(run("--help")).isEqualTo(ExitStatus.OK);
        assertThat(out.toString(StandardCharsets.UTF_8)).startsWith("Usage: tinysse").contains("echo");
        assertThat(err.size()).isZero();
    }

    @Test
    void shouldPrintOneLineToStandardErrorForAWrongUse() {
        assertThat(run("--capacity", "0")).isEqualTo(ExitStatus.USAGE);
        assertThat(err.toString(StandardCharsets.UTF_8)).isEqualToIgnoringNewLines(
                "tinysse: capacity must be a whole number from 1 to 1048576: capacity=0 (from --capacity)");
        assertThat(out.size()).isZero();
        assertThat(served).isEmpty();
    }

    @Test
    void shouldPrintTheSameForTheWordHelp() {
        assertThat(run("help")).isEqualTo(ExitStatus.OK);
        assertThat(run("help", "help")).isEqualTo(ExitStatus.OK);
        assertThat(out.toString(StandardCharsets.UTF_8)).startsWith("Usage: tinysse").contains("echo");
    }

    @Test
    void shouldAskACommandForItsHelp() {
        assertThat(run("help", "echo")).isEqualTo(7);
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("[--help]");
    }

    @Test
    void shouldRefuseHelpForACommandThatIsNotThere() {
        assertThat(run("help", "ehco")).isEqualTo(ExitStatus.USAGE);
    }

    @Test
    void shouldRunACommandWithWhatFollowsItsName() {
        assertThat(run("echo", "--help", "x")).isEqualTo(7);
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("[--help, x]");
    }

    @Test
    void shouldRefuseACommandThatIsNotThere() {
        assertThat(run("ehco")).isEqualTo(ExitStatus.USAGE);
        assertThat(err.toString(StandardCharsets.UTF_8)).isEqualToIgnoringNewLines(
                "tinysse: there is no such command, did you mean echo?, see tinysse --help: ehco");
    }

    private int run(String... arguments) {
        return launch.run(List.of(arguments), Map.of());
    }

    private int serve(Invocation.Serve serve) {
        Settings settings = serve.settings();
        served.add(settings);
        return ExitStatus.FAILED;
    }

    private static PrintStream print(ByteArrayOutputStream to) {
        return new PrintStream(to, true, StandardCharsets.UTF_8);
    }

    private final class Echo implements Command {
        @Override
        public String name() {
            return "echo";
        }

        @Override
        public String summary() {
            return "Says it again";
        }

        @Override
        public int run(List<String> arguments) {
            print(out).print(arguments);
            return 7;
        }
    }
}
