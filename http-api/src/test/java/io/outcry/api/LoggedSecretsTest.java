package io.outcry.api;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.JsonNode;
import io.outcry.api.FakeEngine.Mode;
import io.outcry.api.TestClient.Trader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Whatever is asked and goes wrong, no line of the log has what must stay secret. */
class LoggedSecretsTest {
    private static final Set<String> SECRET =
            Set.of("access_token", "refresh_token", "secret", "uri", "ticket", "recovery_codes");
    private static final Logger OURS = (Logger) LoggerFactory.getLogger("io.outcry");

    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private final Level level = OURS.getLevel();

    @BeforeEach
    void listen() {
        lines.start();
        OURS.setLevel(Level.TRACE);
        ((Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME)).addAppender(lines);
    }

    @AfterEach
    void stopListening() {
        ((Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME)).detachAppender(lines);
        OURS.setLevel(level);
    }

    private static void collect(JsonNode body, Set<String> secrets) {
        for (String member : SECRET) {
            for (JsonNode value : body.findValues(member)) {
                List<JsonNode> texts = new ArrayList<>(List.of(value));
                value.forEach(texts::add);
                texts.stream()
                        .filter(JsonNode::isTextual)
                        .forEach(text -> secrets.add(text.asText()));
            }
        }
    }

    private String log() {
        JsonEncoder encoder = new JsonEncoder();
        encoder.setContext(OURS.getLoggerContext());
        encoder.start();
        return List.copyOf(lines.list).stream()
                .map(line -> new String(encoder.encode(line), StandardCharsets.UTF_8))
                .collect(Collectors.joining());
    }

    /** Everything that can be asked, and then by whoever has lost what it needs. */
    private static Set<String> ask(TestVenue venue) throws Exception {
        Set<String> secrets = new TreeSet<>(Set.of(TestClient.PASSWORD));
        ExampleStory.told(venue)
                .forEach(
                        (operation, answer) -> {
                            if (operation.method().equals("POST")) {
                                collect(answer.body(), secrets);
                            }
                        });
        Trader trader = venue.register();
        secrets.add(trader.token());
        ApiRobot robot = ApiRobot.of(venue, trader, "READ");
        secrets.add(Base64.getEncoder().encodeToString(robot.secret().getEncoded()));
        String login =
                "{\"username\":\"%s\",\"password\":\"%s\"}"
                        .formatted(trader.name(), TestClient.PASSWORD);
        List<String> broken = new ArrayList<>(List.of(login.substring(2), login + login));
        broken.add(login.replace("username", "who"));
        for (String body : broken) {
            assertThat(venue.post("/api/auth/login", trader, body).status()).isEqualTo(400);
        }
        String order = TestClient.order("BUY", "1", "1");
        venue.engine.mode = Mode.FAIL;
        assertThat(venue.post("/api/orders", trader, order).status()).isEqualTo(500);
        venue.engine.mode = Mode.REFUSE;
        venue.engine.connected = false;
        venue.stores.databaseAway = true;
        assertThat(venue.post("/api/auth/login", null, login).status()).isEqualTo(503);
        venue.get("/api/orders/1", trader);
        robot.send(venue.port(), "GET", "/api/orders/1", "");
        try (SocketClient client = SocketClient.connect(venue.port(), "?ticket=lost")) {
            client.next();
        }
        try (SocketClient client = SocketClient.connect(venue.port(), "")) {
            client.send("{\"op\":\"authenticate\",\"token\":\"" + trader.token() + "x\"}");
            client.next();
        }
        return secrets;
    }

    @Test
    void noLineHasASecret() throws Exception {
        Set<String> secrets;
        try (TestVenue venue = TestVenue.started()) {
            secrets = ask(venue);
        }

        assertThat(log()).contains("listening on", "is looked up at the engine", FakeEngine.DEFECT);
        assertThat(secrets).hasSizeGreaterThan(15).allMatch(secret -> secret.length() > 10);
        assertThat(log()).doesNotContain(secrets);
    }
}
