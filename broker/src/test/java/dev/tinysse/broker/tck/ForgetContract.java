package dev.tinysse.broker.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tinysse.api.Message;
import dev.tinysse.broker.log.ChannelHistory;
import dev.tinysse.broker.log.ChannelSet;
import dev.tinysse.broker.log.Dropped;
import dev.tinysse.broker.log.LogException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The reports of a log about channels, and the deletion of their history. */
interface ForgetContract extends HasLogRig {
    private Map<String, ChannelHistory> histories(String... channels) throws LogException {
        return rig().log().retention().histories(ChannelSet.of(List.of(channels)));
    }

    @Test
    default void shouldTellWhatIsKeptOfEachChannel() throws Exception {
        rig().keep(2);
        rig().publish("a", Message.builder().id("one").data("x").build());
        rig().publish("a", Message.builder().id("two").data("x").build());
        rig().publish("a", Message.builder().id("three").data("x").build());
        rig().publish("b", "x");

        assertThat(rig().log().retention().channels()).containsExactlyInAnyOrder("a", "b");
        ChannelHistory a = histories("a", "never").get("a");
        assertThat(a.messages()).isEqualTo(2);
        assertThat(a.published()).isEqualTo(3);
        assertThat(a.bytes()).isPositive();
        assertThat(a.oldest()).isEqualTo("two");
        assertThat(a.newest()).isEqualTo("three");
        assertThat(histories("**")).containsOnlyKeys("a", "b");
        assertThat(rig().log().retention().total().channels()).isEqualTo(2);
        assertThat(rig().log().retention().total().messages()).isEqualTo(3);
        assertThat(rig().log().retention().total().bytes()).isPositive();
    }

    @Test
    default void shouldMissNothingInOtherChannelsThanThoseThatAreForgotten() throws Exception {
        rig().keep(10);
        long seen = rig().publish("b", "1").getFirst();
        rig().publish("a.x", "2", "3");
        rig().log().retention().forget("a.x");

        assertThat(rig().isWhole("never", seen)).isTrue();
        assertThat(rig().isWhole("never.*", seen)).isTrue();
        assertThat(rig().isWhole("b", seen)).isTrue();
        assertThat(rig().dropped("a.x", seen, 0).channels()).containsExactly("a.x");
        Dropped told = rig().dropped("a.*", seen, 0);
        assertThat(told.channels()).containsExactly("a.x");
        assertThat(rig().dropped("a.*", seen, told.watermark()).isEmpty()).isTrue();
        rig().publish("never", "4");
        assertThat(rig().isWhole("never", seen)).isTrue();
        rig().publish("a.x", "5");
        assertThat(rig().isWhole("a.x", seen)).isFalse();
        assertThat(rig().dropped("a.*", seen, 0).channels()).containsExactly("a.x");
    }

    @Test
    default void shouldForgetAChannelAndNoOther() throws Exception {
        rig().keep(10);
        long seen = rig().publish("a", "1").getFirst();
        long last = rig().publish("a", "2").getFirst();
        rig().publish("b", "3");

        assertThat(rig().log().retention().forget("a")).isEqualTo(2);
        assertThat(rig().log().retention().forget("a")).isZero();
        assertThat(rig().data("a")).isEmpty();
        assertThat(rig().data("b")).containsExactly("3");
        assertThat(histories("**")).containsOnlyKeys("b");
        assertThat(rig().isWhole("a", seen)).isFalse();
        assertThat(rig().isWhole("a", last)).isTrue();
        assertThat(rig().isWhole("b", 0)).isTrue();
        long next = rig().publish("a", "4").getFirst();
        assertThat(rig().isWhole("a", seen)).isFalse();
        assertThat(rig().isWhole("a", last)).isTrue();
        assertThat(rig().data("a")).containsExactly("4");
        assertThat(rig().followed().getLast().previous()).isGreaterThanOrEqualTo(last).isLessThan(next);
    }
}
