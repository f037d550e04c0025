package dev.tinysse.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class WrongTokensTest {
    private static final String GUESSER = "192.0.2.1";
    private static final TokenVerdict VALID = new TokenVerdict.Valid();
    private static final TokenVerdict INVALID = new TokenVerdict.Invalid();

    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - TimeUnit.SECONDS.toNanos(1));
    private final WrongTokens tokens = new WrongTokens(now::get);

    @Test
    void shouldThrottleAClientThatGuesses() {
        guess(GUESSER, WrongTokens.BURST);
        assertThat(tokens.count(GUESSER, false)).isEqualTo(new TokenVerdict.Throttled(WrongTokens.SECONDS));
    }

    @Test
    void shouldRejectTheFirstRightTokenOfAThrottledClient() {
        guess(GUESSER, WrongTokens.BURST);
        assertThat(tokens.count(GUESSER, true)).isInstanceOf(TokenVerdict.Throttled.class);
    }

    @Test
    void shouldNotThrottleOtherClients() {
        guess(GUESSER, WrongTokens.BURST);
        assertThat(tokens.count("192.0.2.2", true)).isEqualTo(VALID);
    }

    @Test
    void shouldAllowOneMoreTokenAfterAnInterval() {
        guess(GUESSER, WrongTokens.BURST);
        pass(WrongTokens.SECONDS);
        assertThat(tokens.count(GUESSER, false)).isEqualTo(INVALID);
        assertThat(tokens.count(GUESSER, false)).isEqualTo(new TokenVerdict.Throttled(WrongTokens.SECONDS));
    }

    @Test
    void shouldTellHowLongToWait() {
        guess(GUESSER, WrongTokens.BURST);
        pass(WrongTokens.SECONDS - 1);
        assertThat(tokens.count(GUESSER, false)).isEqualTo(new TokenVerdict.Throttled(1));
    }

    @Test
    void shouldNotCountRightTokens() {
        for (int i = 0; i < 2 * WrongTokens.BURST; i++) {
            assertThat(tokens.count(GUESSER, true)).isEqualTo(VALID);
        }
    }

    @Test
    void shouldForgetWrongTokensWithTime() {
        guess(GUESSER, WrongTokens.BURST);
        pass(WrongTokens.BURST * WrongTokens.SECONDS);
        guess(GUESSER, WrongTokens.BURST);
    }

    @Test
    void shouldAcceptTheRightTokenOfAThrottledClientThatHasSentItBefore() {
        assertThat(tokens.count(GUESSER, true)).isEqualTo(VALID);
        guess(GUESSER, WrongTokens.BURST);
        assertThat(tokens.count(GUESSER, false)).isInstanceOf(TokenVerdict.Throttled.class);
        assertThat(tokens.count(GUESSER, true)).isEqualTo(VALID);
    }

    @Test
    void shouldForgetAfterADayThatAClientHasSentTheRightToken() {
        assertThat(tokens.count(GUESSER, true)).isEqualTo(VALID);
        pass(WrongTokens.PROOF.toSeconds() - 1);
        guess(GUESSER, WrongTokens.BURST);
        pass(1);
        assertThat(tokens.count(GUESSER, true)).isInstanceOf(TokenVerdict.Throttled.class);
    }

    @Test
    void shouldCountWrongTokensSinceTheLastRightOne() {
        guess(GUESSER, WrongTokens.BURST - 1);
        assertThat(tokens.count(GUESSER, true)).isEqualTo(VALID);
        guess(GUESSER, WrongTokens.BURST);
    }

    @Test
    void shouldTakeASubnetOfIpv6ForOneClient() {
        guess("2001:db8::1", WrongTokens.BURST);
        assertThat(tokens.count("2001:db8::2:3", true)).isInstanceOf(TokenVerdict.Throttled.class);
        assertThat(tokens.count("2001:db8:0:1::1", true)).isEqualTo(VALID);
    }

    @Test
    void shouldThrottleAllClientsTogether() {
        guessFromEverywhere(WrongTokens.BURST_OF_ALL);
        assertThat(tokens.count(GUESSER, false)).isEqualTo(new TokenVerdict.Throttled(1));
        assertThat(tokens.count(GUESSER, true)).isEqualTo(new TokenVerdict.Throttled(1));
        pass(1);
        guessFromEverywhere(WrongTokens.PER_SECOND_OF_ALL);
        assertThat(tokens.count(GUESSER, false)).isEqualTo(new TokenVerdict.Throttled(1));
    }

    @Test
    void shouldAcceptTheRightTokenWhileAllClientsAreThrottled() {
        assertThat(tokens.count(GUESSER, true)).isEqualTo(VALID);
        guessFromEverywhere(WrongTokens.BURST_OF_ALL);
        assertThat(tokens.count(GUESSER, true)).isEqualTo(VALID);
    }

    @Test
    void shouldNotForgetAThrottledClientForWrongTokensOfOthers() {
        guess(GUESSER, WrongTokens.BURST);
        for (int second = 0; second < WrongTokens.SECONDS - 1; second++) {
            for (int i = 0; i < 2000; i++) {
                tokens.count("10.%d.%d.%d".formatted(second, i / 256, i % 256), false);
            }
            pass(1);
        }
        assertThat(tokens.count(GUESSER, false)).isEqualTo(new TokenVerdict.Throttled(1));
    }

    @Test
    void shouldNotCountForOthersWhatAClientSendsBesideTheRightToken() {
        for (int i = 0; i < 2 * WrongTokens.BURST_OF_ALL / WrongTokens.BURST; i++) {
            assertThat(tokens.count(GUESSER, true)).isEqualTo(VALID);
            guess(GUESSER, WrongTokens.BURST);
        }
        assertThat(tokens.count("192.0.2.2", false)).isEqualTo(INVALID);
    }

    @Test
    void shouldRememberALimitedNumberOfClientsWithTheRightToken() {
        assertThat(tokens.count(GUESSER, true)).isEqualTo(VALID);
        for (int i = 0; i < WrongTokens.MAX_PROVEN; i++) {
            assertThat(tokens.count("10.0.%d.%d".formatted(i / 256, i % 256), true)).isEqualTo(VALID);
        }
        guess(GUESSER, WrongTokens.BURST);
        assertThat(tokens.count(GUESSER, true)).isInstanceOf(TokenVerdict.Throttled.class);
        guess("10.0.0.0", WrongTokens.BURST);
        assertThat(tokens.count("10.0.0.0", true)).isEqualTo(VALID);
    }

    private void guessFromEverywhere(int times) {
        for (int i = 0; i < times; i++) {
            guess("10.0.0." + i, 1);
        }
    }

    private void guess(String address, int times) {
        for (int i = 0; i < times; i++) {
            assertThat(tokens.count(address, false)).isEqualTo(INVALID);
        }
    }

    private void pass(long seconds) {
        now.addAndGet(TimeUnit.SECONDS.toNanos(seconds));
    }
}
