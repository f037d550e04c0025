package dev.tinysse.client.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tinysse.cli.FailedException;
import dev.tinysse.cli.Syntax;
import dev.tinysse.cli.UsageException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenTest {

    @Test
    void shouldNeverBeShown() throws UsageException {
        assertThat(token(Map.of("TINYSSE_TOKEN", "secret")).toString()).doesNotContain("secret");
    }

    @Test
    void shouldPreferAFileToTheEnvironmentAlsoIfItCannotBeRead(@TempDir Path folder) throws UsageException {
        Token token = token(Map.of("TINYSSE_TOKEN", "other"), "--token-file", folder.toString());
        assertThatThrownBy(token::current).isInstanceOf(FailedException.class)
                .hasMessageStartingWith("cannot read the token file " + folder + ": ");
    }

    @Test
    void shouldBeNoneWithoutAnyOption() throws Exception {
        assertThat(token(Map.of()).current()).isEmpty();
    }

    private static Token token(Map<String, String> environment, String... words) throws UsageException {
        return Token.of(
                new Syntax("x", List.of("x"), "X.").option("--token-file", "FILE", "A file").parse(List.of(words)),
                environment);
    }
}
