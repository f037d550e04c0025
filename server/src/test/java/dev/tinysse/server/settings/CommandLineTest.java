package dev.tinysse.server.settings;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CommandLineTest {

    @Test
    void shouldSuggestTheFlagThatWasMeant() {
        assertThat(Reading.errorOf("--capcity=5"))
                .isEqualTo("there is no such option, did you mean --capacity?, see tinysse --help: --capcity");
    }

    @Test
    void shouldRefuseAFlagLikeNoOther() {
        assertThat(Reading.errorOf("-x")).isEqualTo("there is no such option, see tinysse --help: -x");
    }

    @Test
    void shouldRefuseAPositionalArgument() {
        assertThat(Reading.errorOf("-c", "5", "foo")).isEqualTo("only flags are expected, see tinysse --help: foo");
    }

    @Test
    void shouldRefuseAFlagThatIsThereTwice() {
        assertThat(Reading.errorOf("-c", "5", "--capacity", "6"))
                .isEqualTo("--capacity must be given once, and is given twice");
    }

    @Test
    void shouldRefuseASwitchThatIsThereTwice() {
        assertThat(Reading.errorOf("--unsafe-script", "--unsafe-script"))
                .isEqualTo("--unsafe-script must be given once, and is given twice");
    }

    @Test
    void shouldRefuseAFlagWithoutItsValue() {
        assertThat(Reading.errorOf("--capacity")).isEqualTo("--capacity needs a value, see tinysse --help");
    }

    @Test
    void shouldNotTakeAFlagForAValue() {
        assertThat(Reading.errorOf("--keep-alive-text", "--unsafe-script"))
                .isEqualTo("--keep-alive-text needs a value, see tinysse --help");
    }

    @Test
    void shouldRefuseASwitchWithAValue() {
        assertThat(Reading.errorOf("--unsafe-script=true")).contains("--unsafe-script", "'true'");
    }

    @Test
    void shouldSayOneLineWhateverTheArgumentsAre() {
        assertThat(Reading.errorOf("--a\nb\u001b[0m")).isEqualTo(
                "there is no such option, see tinysse --help: --a\\nb\\u001b[0m");
    }
}
