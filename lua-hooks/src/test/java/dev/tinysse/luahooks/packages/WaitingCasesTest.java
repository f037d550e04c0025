package dev.tinysse.luahooks.packages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tinysse.lua.CallLimits;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Scripts whose results are known, for the packages that wait. */
@Timeout(60)
class WaitingCasesTest {

    private final HttpPeer peer = new HttpPeer();
    private final TestScripts scripts = new TestScripts(new SleepPackage(), new MutexPackage(),
            new SqlitePackage(() -> CallLimits.NONE), new HttpPackage("tinysse/0.1.0", 0), new JsonPackage(),
            new Base64Package(), new UuidPackage());

    static List<RecordedCase> cases() {
        return RecordedCase.of("sleep", "mutex", "sqlite", "http");
    }

    @AfterEach
    void close() {
        scripts.close();
        peer.close();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void shouldGiveTheRecordedResults(RecordedCase recorded, @TempDir Path folder) {
        String source = recorded.source().replace("kept.db", folder.resolve("kept.db").toString());
        scripts.run(source + "\nstartup({script_data = '" + peer.url() + "'})");
        Map<String, List<String>> accepted = recorded.accepted();
        Map<String, String> results = RecordedCase.results(scripts.printed());
        assertThat(results).containsOnlyKeys(accepted.keySet());
        assertThat(results).allSatisfy((label, result) -> assertThat(accepted.get(label)).contains(result));
    }
}
