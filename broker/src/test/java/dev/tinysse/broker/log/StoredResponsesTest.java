package dev.tinysse.broker.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tinysse.broker.tck.LogRig;
import dev.tinysse.broker.tck.TestClock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StoredResponsesTest {
    private static final int LARGE = 100_000_000;

    private final TestClock clock = new TestClock();
    private final StoredResponses responses = new StoredResponses(clock, LARGE);

    private void store(String key, int bytes) {
        responses.store(LogRig.key("a", key, "digest"), new byte[bytes], clock.millis());
    }

    /** With other content, since what is stored here is no encoded result. */
    private boolean isStored(String key) {
        return responses.find(LogRig.key("a", key, "other")).isPresent();
    }

    @Test
    void shouldDropTheOldestWhenThereAreTooMany() {
        for (int i = 0; i <= PublishKey.MAX_KEYS; i++) {
            store("key" + i, 10);
        }

        assertThat(isStored("key0")).isFalse();
        assertThat(isStored("key1")).isTrue();
        assertThat(isStored("key" + PublishKey.MAX_KEYS)).isTrue();
    }

    @Test
    void shouldDropTheOldestWhenTheyTakeTooManyBytes() {
        for (int i = 0; i < 4; i++) {
            store("key" + i, LARGE / 3);
        }

        assertThat(isStored("key1")).isFalse();
        assertThat(isStored("key2")).isTrue();
        assertThat(isStored("key3")).isTrue();
    }

    @Test
    void shouldCountTheBytesOfAKeyThatIsStoredAgainOnce() {
        for (int i = 0; i < 10; i++) {
            store("again", LARGE / 3);
        }
        store("other", LARGE / 3);

        assertThat(isStored("again")).isTrue();
        assertThat(isStored("other")).isTrue();
    }

    @Test
    void shouldNotStoreWhatAloneTakesTooManyBytes() {
        store("large", LARGE);
        store("small", 10);

        assertThat(isStored("large")).isFalse();
        assertThat(isStored("small")).isTrue();
    }

    @Test
    void shouldReplyWithTheStoredResultsToTheSameContent() {
        List<PublishResult> results = List.of(new PublishResult.Accepted(1, 2, Optional.of("x")),
                new PublishResult.Empty(3));
        responses.store(LogRig.key("a", "k", "digest"), ResultsCodec.encode(results), clock.millis());

        assertThat(responses.find(LogRig.key("a", "k", "digest"))).contains(new Append.Outcome.Repeated(results));
        assertThat(responses.find(LogRig.key("a", "k", "other"))).contains(new Append.Outcome.KeyReused());
        assertThat(responses.find(LogRig.key("b", "k", "digest"))).isEmpty();
    }

    @Test
    void shouldStoreAResponseForFiveMinutes() {
        store("k", 10);
        clock.move(PublishKey.LIFETIME.minusMillis(1));
        assertThat(isStored("k")).isTrue();
        clock.move(Duration.ofMillis(1));
        assertThat(isStored("k")).isFalse();
    }

    @Test
    void shouldStoreANewResponseForFiveMinutesAgain() {
        store("k", 10);
        clock.move(PublishKey.LIFETIME.minusMillis(1));
        store("k", 10);
        clock.move(PublishKey.LIFETIME.minusMillis(1));

        assertThat(isStored("k")).isTrue();
    }

    @Test
    void shouldMakeRoomForNewResponsesAsOldOnesExpire() {
        store("old", LARGE / 2);
        clock.move(PublishKey.LIFETIME);
        responses.sweep();
        store("first", LARGE / 3);
        store("second", LARGE / 3);

        assertThat(isStored("old")).isFalse();
        assertThat(isStored("first")).isTrue();
        assertThat(isStored("second")).isTrue();
    }
}
