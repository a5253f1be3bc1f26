package io.outcry.load.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class RequestWriterTest {
    private final RequestWriter requests =
            RequestWriter.to(URI.create("http://venue.example:8080"));

    @Test
    void writesAnOrderWithItsLengthAndToken() {
        String request = text(requests.withToken("abc").post("/api/orders", "{\"a\":1}"));

        assertThat(request)
                .startsWith("POST /api/orders HTTP/1.1\r\nHost: venue.example:8080\r\n")
                .contains("\r\nAuthorization: Bearer abc\r\n")
                .contains("\r\nContent-Length: 7\r\n")
                .endsWith("\r\n\r\n{\"a\":1}");
    }

    @Test
    void writesRequestsWithoutABody() {
        assertThat(text(requests.get("/health"))).startsWith("GET /health ").endsWith("\r\n\r\n");
        assertThat(text(requests.delete("/api/orders/7")))
                .startsWith("DELETE /api/orders/7 ")
                .endsWith("\r\n\r\n")
                .doesNotContain("Authorization");
    }

    private static String text(byte[] request) {
        return new String(request, StandardCharsets.ISO_8859_1);
    }
}
