package dev.tinysse.server.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tinysse.server.logging.LogLevel;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GoodValueTest {

    @Test
    void shouldTellATimeoutRetryOfZeroFromNone() throws UsageException {
        assertThat(Reading.flags("--timeout-retry", "0s").streams().timeoutRetry()).contains(Duration.ZERO);
        assertThat(Reading.flags().streams().timeoutRetry()).isEmpty();
        assertThat(CliTable.of(Reading.flags())).containsEntry("timeout_retry", 0L);
    }

    @Test
    void shouldHaveTheDefaultsOfTheManual() throws UsageException {
        Settings settings = Reading.flags();

        assertThat(settings.listen())
                .containsExactly(new ListenAddress.Tcp("127.0.0.1:1983", false, "127.0.0.1", 1983));
        assertThat(settings.logLevel()).isEqualTo(LogLevel.INFO);
        assertThat(settings.streams()).isEqualTo(new Settings.Streams(Duration.ofSeconds(60), "keep-alive",
                Duration.ofMinutes(5), Optional.empty(), Duration.ofSeconds(30), Duration.ofSeconds(10), 256, 0,
                false));
        assertThat(settings.http().maxBodySize()).isEqualTo(64_000);
        assertThat(settings.http().healthPath()).contains("/healthz");
        assertThat(settings.cors().allowOrigin()).isEqualTo(AllowList.ANY);
        assertThat(settings.cors().allowMethods()).isEmpty();
        assertThat(settings.scripting().script()).isEmpty();
        assertThat(settings.scripting().unsafeScript()).isFalse();
    }

    @Test
    void shouldReadShortFlagsWithTheirValuesAttached() throws UsageException {
        Settings settings = Reading.flags("-Ldebug", "-c10", "-l", "[::1]:0");

        assertThat(settings.logLevel()).isEqualTo(LogLevel.DEBUG);
        assertThat(settings.streams().capacity()).isEqualTo(10);
        assertThat(settings.listen()).containsExactly(new ListenAddress.Tcp("[::1]:0", false, "::1", 0));
    }

    @Test
    void shouldReadSwitches() throws UsageException {
        assertThat(Reading.flags("--unsafe-script").scripting().unsafeScript()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"warn, WARN", "Trace, TRACE", "1, ERROR", "5, TRACE"})
    void shouldReadLevelsInAnyCaseAndAsNumbers(String text, LogLevel level) throws UsageException {
        assertThat(Reading.flags("-L", text).logLevel()).isEqualTo(level);
    }

    @Test
    void shouldTakeEmptyTextsWhereTheyMeanSomething() throws UsageException {
        Settings settings = Reading.flags("--health-path=", "--keep-alive-text", "", "--script-data", "",
                "--cors-allow-origin", "");

        assertThat(settings.http().healthPath()).isEmpty();
        assertThat(settings.streams().keepAliveText()).isEmpty();
        assertThat(settings.scripting().scriptData()).contains("");
        assertThat(settings.cors().allowOrigin()).isEqualTo(AllowList.of(List.of()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"@file", "-dash", "${sys:user.name}", "\"quoted\"", "a=b,c", "two\nlines", "ä€😀", "%s"})
    void shouldTakeTextsAsTheyAre(String text) throws UsageException {
        assertThat(Reading.flags("--script-data", text).scripting().scriptData()).contains(text);
    }

    @Test
    void shouldRefuseCredentialsTogetherWithAnyWildcard() {
        assertThat(Reading.errorOf("--cors-allow-credentials", "--cors-allow-origin", "https://a.b"))
                .isEqualTo("cors-allow-credentials needs lists instead of *, and there is cors-allow-headers=*:"
                        + " cors-allow-credentials=true (from --cors-allow-credentials)");
    }

    @Test
    void shouldTakeCredentialsWithLists() throws UsageException {
        assertThat(Reading.flags("--cors-allow-credentials", "--cors-allow-origin", "https://a.b",
                "--cors-allow-headers", "X-A, x-b").cors().allowHeaders().names()).containsExactly("X-A", "x-b");
    }

    @Test
    void shouldRefuseAHealthPathThatIsTakenAlready() {
        assertThat(Reading.errorOf("--health-path", "/sse"))
                .isEqualTo("health-path must differ from pub-path and sub-path: health-path=/sse (from --health-path)");
    }
}
