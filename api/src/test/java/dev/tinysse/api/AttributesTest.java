package dev.tinysse.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.util.Map;
import org.junit.jupiter.api.Test;

class AttributesTest {
    private static final Attribute<String> USER = Attribute.of("user", String.class);
    private static final Attribute<String> NAMESAKE = Attribute.of("user", String.class);
    private static final Attribute<Integer> COUNT = Attribute.of("count", Integer.class);
    private static final Request REQUEST = new Request("GET", "/sse?a", "/sse", "a", "127.0.0.1", 1, Map.of());

    private final Subscription subscription = Subscription.of(REQUEST);

    @Test
    void shouldFindWhatWasSet() {
        Subscription changed = subscription.with(USER, "me").with(COUNT, 1);
        assertThat(changed.get(USER)).contains("me");
        assertThat(changed.get(COUNT)).contains(1);
        assertThat(changed.request()).isEqualTo(REQUEST);
    }

    @Test
    void shouldTellAttributesOfTheSameNameApart() {
        Subscription changed = subscription.with(USER, "me");
        assertThat(changed.get(NAMESAKE)).isEmpty();
        assertThat(changed.with(NAMESAKE, "you").get(USER)).contains("me");
    }

    @Test
    void shouldReplaceAValueAndLeaveTheOriginalAsItWas() {
        Subscription first = subscription.with(USER, "me").with(COUNT, 1);
        Subscription second = first.with(USER, "you");
        assertThat(first.get(USER)).contains("me");
        assertThat(second.get(USER)).contains("you");
        assertThat(second.get(COUNT)).contains(1);
        assertThat(subscription.get(USER)).isEmpty();
    }

    @Test
    @SuppressWarnings("NullAway") // null is what is refused
    void shouldRefuseNull() {
        assertThatNullPointerException().isThrownBy(() -> subscription.with(USER, null));
    }

    @Test
    void shouldKeepAttributesWhenTheRestChanges() {
        assertThat(subscription.with(USER, "me").withLastEventId("7").get(USER)).contains("me");
        Publication publication = Publication.of(REQUEST, Message.of("a")).with(USER, "me");
        assertThat(publication.withMessage(Message.of("b")).get(USER)).contains("me");
    }

    @Test
    void shouldBeTheSamePublicationWithTheSameMessage() {
        Publication publication = Publication.of(REQUEST, Message.of("a"));
        assertThat(publication.withMessage(publication.message())).isSameAs(publication);
    }
}
