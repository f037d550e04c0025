package dev.tinysse.luahooks.packages;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Scripts whose results are known, label by label. */
class RecordedCasesTest {

    @TestFactory
    Stream<DynamicTest> shouldGiveTheRecordedResults() {
        return RecordedCase.of("json", "base64", "uuid", "fernet", "log", "url",
                "template", "error").stream()
                .map(recorded -> DynamicTest.dynamicTest(recorded.toString(), () -> run(recorded)));
    }

    private static void run(RecordedCase recorded) {
        var log = new RecordingLogger(level(recorded));
        try (var scripts = new TestScripts(new JsonPackage(), new Base64Package(), new UuidPackage(),
                new FernetPackage(ScriptClock.SYSTEM), new UrlPackage(), new TemplatePackage(), new SleepPackage(),
                new LogPackage(log))) {
            scripts.run(recorded.source() + "\nstartup()");
            Map<String, String> results = RecordedCase.results(scripts.printed());
            Map<String, List<String>> accepted = recorded.accepted();
            assertThat(results).containsOnlyKeys(accepted.keySet());
            assertThat(results).allSatisfy((label, result) -> assertThat(accepted.get(label)).contains(result));
            recorded.more(".expect").forEach(rule -> check(rule, scripts.printed().lines().toList(), log.lines()));
        }
    }

    /** The level that the case starts the server with. */
    private static Level level(RecordedCase recorded) {
        return recorded.more(".args").stream()
                .map(line -> line.substring(line.lastIndexOf(' ') + 1).toUpperCase(Locale.ROOT))
                .map(Level::valueOf).findAny().orElse(Level.INFO);
    }

    private static void check(String rule, List<String> printed, List<String> logged) {
        String[] words = rule.split(" +", 2);
        switch (words[0]) {
            case "says" -> assertThat(printed).anyMatch(Pattern.compile(words[1]).asPredicate());
            case "logs" -> {
                String[] level = words[1].split(" +", 2);
                assertThat(logged).anyMatch(Pattern.compile("^" + level[0] + "\\w* .*" + level[1]).asPredicate());
            }
            case "never" -> assertThat(logged).noneMatch(Pattern.compile(words[1]).asPredicate());
            default -> throw new IllegalArgumentException(rule);
        }
    }
}
