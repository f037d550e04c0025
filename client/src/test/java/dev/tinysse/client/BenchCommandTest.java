package dev.tinysse.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BenchCommandTest {

    @ParameterizedTest
    @CsvSource({"--rate 1, '--subs must be given, see tinysse bench --help'",
            "--subs 1, '--rate must be given, see tinysse bench --help'",
            "--subs 0 --rate 1, '--subs must be a number from 1 to 1000000: 0'",
            "--subs 1 --rate 0, '--rate must be a number above 0, of times a second: 0'",
            "--subs 1 --rate 1 --duration 0s, '--duration must be above 0: 0s'",
            "--subs 1 --rate 1 --duration x, '--duration must be a duration like 500ms, 60s or 1m30s: x'",
            "--subs 1 --rate 1 --channel a.*, '--channel must be the name of one channel: a.*'",
            "--subs 1 --rate 1 --payloat 5, 'there is no such option, did you mean --payload?, see tinysse bench --help: --payloat'"})
    void shouldNameTheOptionThatIsWrong(String options, String error) {
        assertThat(bench("http://127.0.0.1:1", options)).isEqualTo(new Call(2, "", "tinysse: " + error + "\n"));
    }

    @Test
    void shouldRejectAPayloadWithoutRoomForItsMark() {
        assertThat(bench("http://127.0.0.1:1", "--subs 1 --rate 1 --payload 17").err())
                .startsWith("tinysse: --payload must be a size like 64KB, from 18 to ").endsWith(" bytes: 17\n");
    }

    @Test
    void shouldMeasureNoServerWithTls() {
        assertThat(bench("https://h/sse?key=secret", "--subs 1 --rate 1").err()).isEqualTo(
                "tinysse: bench measures servers without TLS, URL must begin with http://: https://h/sse\n");
    }

    @Test
    void shouldFailWithoutAServer() {
        try (FakeServer server = new FakeServer(FakeServer.response("403 Forbidden", "", "not yours"))) {
            Call call = bench(server.url("/sse"), "--subs 1 --rate 1 --duration 100ms");
            assertThat(call.status()).isEqualTo(1);
            assertThat(call.err()).contains("403");
        }
    }

    private static Call bench(String url, String options) {
        return Call.run(BenchCommand::new, Map.of(), "", (url + " " + options).split(" "));
    }
}
