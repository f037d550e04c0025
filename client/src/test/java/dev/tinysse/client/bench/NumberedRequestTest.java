package dev.tinysse.client.bench;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class NumberedRequestTest {
    private static final Marker MARKER = Marker.of(0xABCD);

    @Test
    void shouldDifferInTheNumberOnly() {
        NumberedRequest request = NumberedRequest.of(bytes("X: 0000ABCD\r\n\r\n{\"" + MARKER.text(0, 24) + "\"}"),
                MARKER);

        assertArrayEquals(bytes("X: 0000ABCD\r\n\r\n{\"" + MARKER.text(9_876_543_210L, 24) + "\"}"),
                request.number(9_876_543_210L));
        assertArrayEquals(bytes("X: 0000ABCD\r\n\r\n{\"" + MARKER.text(7, 24) + "\"}"), request.number(7));
    }

    @Test
    void shouldRefuseRequestsOfOthers() {
        byte[] other = bytes("{\"data\":\"0000ABCE0000000000\"}");

        assertThrows(IllegalArgumentException.class, () -> NumberedRequest.of(other, MARKER));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
