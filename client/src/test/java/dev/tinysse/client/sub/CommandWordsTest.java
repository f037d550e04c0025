package dev.tinysse.client.sub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class CommandWordsTest {

    @Test
    void shouldSplitAtBlanksOutsideOfQuotes() {
        assertThat(CommandWords.of("  jq -c\t'.a  b' \"c \\\" d\"e '' \\ f $HOME;x|y * "))
                .containsExactly("jq", "-c", ".a  b", "c \" de", "", " f", "$HOME;x|y", "*");
    }

    @Test
    void shouldRefuseWhatIsNoCommand() {
        assertThatThrownBy(() -> CommandWords.of(" ")).hasMessage("must name a command");
        assertThatThrownBy(() -> CommandWords.of("a 'b")).hasMessage("has a quote that is not closed");
        assertThatThrownBy(() -> CommandWords.of("a \"b'")).hasMessage("has a quote that is not closed");
    }
}
