package dev.tinysse.luahooks.packages;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.System.Logger.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The package {@code log} beyond the recorded cases. */
class LogPackageTest {

    private static final String LOG = "local log = require 'log' ";

    private final RecordingLogger logger = new RecordingLogger(Level.INFO);
    private final TestScripts scripts = new TestScripts(new LogPackage(logger));

    @AfterEach
    void close() {
        scripts.close();
    }

    @Test
    void shouldTakeLevelsAsWordsInAnyCaseAndAsNumbers() {
        scripts.run(LOG + "log.log('wArN', 'a') log.log(1, 'b') log.log('3', 'c') log.logf(5, 'd')");
        assertThat(logger.lines()).containsExactly("WARNING a", "ERROR b", "INFO c");
    }

    @Test
    void shouldRefuseOtherLevelsAfterTheMessageWasFormatted() {
        assertThat(failureOf("log.log(6, 'x')")).isEqualTo("log level is invalid");
        assertThat(failureOf("log.log(1.0, 'x')")).isEqualTo("log level is invalid");
        assertThat(failureOf("log.logf('loud', '%d', 'x')")).contains("number expected, got string");
        assertThat(failureOf("log.log()")).startsWith("bad argument #1 to `Log.log`");
        assertThat(failureOf("log.log('info')")).startsWith("bad argument #2 to `Log.log`");
    }

    @Test
    void shouldFormatAlsoWhatIsNotLogged() {
        assertThat(failureOf("log.debugf('%d', 'x')")).contains("number expected, got string");
    }

    @Test
    void shouldFormatWithTheFunctionOfTheMoment() {
        scripts.run(LOG + "string.format = function(f, x) return f .. '=' .. x end log.infof('a', 5)");
        assertThat(logger.lines()).containsExactly("INFO a=5");
    }

    @Test
    void shouldNotTakeBracesForPlaces() {
        scripts.run(LOG + "log.info('{0} {}')");
        assertThat(logger.lines()).containsExactly("INFO {0} {}");
    }

    private String failureOf(String statement) {
        return scripts.run(LOG + "local ok, e = pcall(function() " + statement + " end) assert(not ok) return e");
    }
}
