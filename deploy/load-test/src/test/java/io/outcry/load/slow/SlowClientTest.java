package io.outcry.load.slow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SlowClientTest {
    @ParameterizedTest
    @EnumSource
    @Timeout(60)
    void noticesThatItWasCutOff(SlowClient.Kind kind) throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            URI target = URI.create("http://127.0.0.1:" + server.getLocalPort());
            SlowClient client = new SlowClient(target, null, kind, "token");
            client.open();
            try (Socket accepted = server.accept()) {
                assertThat(client.go()).isFalse();
                accepted.setSoLinger(true, 0); // A reset, as nginx sends to who takes nothing.
            }
            await().until(client::go);
            assertThat(client.connected()).isFalse();
        }
    }
}
