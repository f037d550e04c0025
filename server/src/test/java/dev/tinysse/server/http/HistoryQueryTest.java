package dev.tinysse.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tinysse.broker.stream.StreamStart.FromHistory;
import dev.tinysse.server.routing.BadRequestException;
import dev.tinysse.server.routing.FormFields;
import dev.tinysse.server.routing.Query;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HistoryQueryTest {
    private static FromHistory read(String query, boolean lastEventId) throws BadRequestException {
        return HistoryQuery.read(new Query(FormFields.parseQuery(query).orElseThrow()), lastEventId);
    }

    @Test
    void shouldReadHowMuchIsWanted() throws BadRequestException {
        assertThat(read("", false)).isEqualTo(new FromHistory.Nothing());
        assertThat(read("since=all", false)).isEqualTo(new FromHistory.Since(Optional.empty()));
        assertThat(read("x=y&since=1h30m", false))
                .isEqualTo(new FromHistory.Since(Optional.of(Duration.ofMinutes(90))));
        assertThat(read("last=1", false)).isEqualTo(new FromHistory.Last(1));
        assertThat(read("last=10000", false)).isEqualTo(new FromHistory.Last(10_000));
    }

    @ParameterizedTest
    @ValueSource(strings = {"since=all", "last=7", "since=1s&last=7"})
    void shouldWantNothingMoreForAClientWithAnId(String query) throws BadRequestException {
        assertThat(read(query, true)).isEqualTo(new FromHistory.Nothing());
    }

    @ParameterizedTest
    @ValueSource(strings = {"since=", "since=x", "since=5", "since=all&since=all", "last=", "last=0", "last=10001",
            "last=-1", "last=+1", "last=٣", "last=1e2", "last=100000000000", "last=1&last=1", "since=x&last=1"})
    void shouldRefuseWhatIsMalformedWithAndWithoutAnId(String query) {
        assertThatThrownBy(() -> read(query, false)).isInstanceOf(BadRequestException.class);
        assertThatThrownBy(() -> read(query, true)).isInstanceOf(BadRequestException.class);
    }

    @Test
    void shouldNotGuessWhichOfTwoIsMeant() {
        assertThatThrownBy(() -> read("since=1s&last=7", false))
                .hasMessage("since and last exclude each other: since=1s last=7");
    }
}
