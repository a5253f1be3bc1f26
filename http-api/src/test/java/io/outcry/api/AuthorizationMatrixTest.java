package io.outcry.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.JsonNode;
import io.outcry.api.TestClient.Answer;
import io.outcry.api.TestClient.Trader;
import io.outcry.api.http.Route;
import io.outcry.api.http.Route.Access;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every route, as the server has them, before callers of every kind. */
class AuthorizationMatrixTest {
    /** Who asks, and which accesses they have; all others they are refused. */
    enum Who {
        NOBODY(401),
        EXPIRED(401),
        REVOKED(401),
        DELETED_KEY(401),
        READ_KEY(403, Access.READ, Access.ANY),
        TRADE_KEY(403, Access.TRADE, Access.ANY),
        /** An administrator's, which has every scope. */
        ADMINS_KEY(403, Access.READ, Access.TRADE, Access.ANY),
        OTHER_USER(403, Access.READ, Access.TRADE, Access.ANY, Access.SESSION),
        ADMIN(403, Access.READ, Access.TRADE, Access.ANY, Access.SESSION, Access.ADMIN);

        private final int refusal;

        @SuppressWarnings("ImmutableEnumChecker") // Set.of makes sets that never change.
        private final Set<Access> may;

        Who(int refusal, Access... may) {
            this.refusal = refusal;
            this.may = Set.of(may);
        }
    }

    private static final Map<Who, Trader> TRADERS = new EnumMap<>(Who.class);
    private static final Map<Who, ApiRobot> ROBOTS = new EnumMap<>(Who.class);

    @AutoClose private static final TestVenue venue = TestVenue.started();
    private static Trader victim;
    private static String order;
    private static String apiKey;

    @BeforeAll
    static void start() throws Exception {
        TRADERS.put(Who.EXPIRED, venue.register());
        venue.clock.advance(venue.settings.tokens().lifetime().plusSeconds(1));
        victim = venue.register();
        JsonNode placed =
                venue.post(
                                "/api/orders",
                                victim,
                                TestClient.order("BUY", "10", "1")
                                        .replace("}", ",\"client_order_id\":\"mine\"}"))
                        .body();
        order = placed.get("id").asText();
        apiKey = ApiRobot.of(venue, victim, "READ").key();
        TRADERS.put(Who.REVOKED, venue.register());
        venue.post("/api/auth/logout", TRADERS.get(Who.REVOKED), "");
        TRADERS.put(Who.OTHER_USER, venue.register());
        TRADERS.put(Who.ADMIN, venue.registerAdmin());
        Trader former = venue.register();
        ROBOTS.put(Who.DELETED_KEY, ApiRobot.of(venue, former, "READ"));
        venue.delete("/api/auth/api-keys/" + ROBOTS.get(Who.DELETED_KEY).key(), former);
        ROBOTS.put(Who.ADMINS_KEY, ApiRobot.of(venue, TRADERS.get(Who.ADMIN), "READ\",\"TRADE"));
        ROBOTS.put(Who.READ_KEY, ApiRobot.of(venue, venue.register(), "READ"));
        ROBOTS.put(Who.TRADE_KEY, ApiRobot.of(venue, venue.register(), "TRADE"));
    }

    static Stream<Arguments> routes() {
        return venue.server.served(venue.clock).stream()
                .flatMap(route -> Stream.of(Who.values()).map(who -> arguments(route, who)));
    }

    private static Answer send(Route route, Who who) throws Exception {
        boolean admin = route.access() == Access.ADMIN;
        int port = admin ? venue.server.adminPort() : venue.port();
        String method = route.method().name();
        String path =
                route.path()
                        .replace("api-keys/{id}", "api-keys/" + apiKey)
                        .replace("{id}", order)
                        .replace("{client_order_id}", "mine")
                        .replace("{symbol}", "AAPL")
                        .replace("{file}", "docs.js");
        String body =
                switch (method) {
                    case "POST" -> "{}";
                    case "PATCH" -> "{\"price\":\"2\"}";
                    default -> "";
                };
        if (ROBOTS.containsKey(who)) {
            return ROBOTS.get(who).send(port, method, path, body);
        }
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                        .header("Content-Type", "application/json");
        Trader trader = trader(route, who);
        if (trader != null) {
            request.header("Authorization", "Bearer " + trader.token());
        }
        return venue.send(request.method(method, BodyPublishers.ofString(body)).build());
    }

    /** Who signs out does so once, so that the other cases have their session. */
    private static Trader trader(Route route, Who who) throws Exception {
        if (!route.path().endsWith("/logout") || !who.may.contains(Access.SESSION)) {
            return TRADERS.get(who);
        }
        return who == Who.ADMIN ? venue.registerAdmin() : venue.register();
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("routes")
    void aRouteLetsInWhoMayTakeItAndNobodyElse(Route route, Who who) throws Exception {
        Answer answer = send(route, who);

        Access access = route.access();
        boolean open = access == Access.PROBE || access == Access.PUBLIC;
        if (open || who.may.contains(access)) {
            assertThat(answer.status()).as(answer.http().body()).isNotIn(401, 403).isLessThan(500);
        } else {
            assertThat(answer.status()).as(answer.http().body()).isEqualTo(who.refusal);
        }
        boolean victims =
                (route.path().contains("{id}") && !route.path().startsWith("/api/admin/"))
                        || route.path().contains("{client_order_id}");
        if (victims && who.may.contains(access)) {
            assertThat(answer.status()).isEqualTo(404);
        }
    }

    /** So none can be added that is not a row above. */
    @Test
    void everyOperationOfTheContractIsARow() {
        assertThat(routes().map(row -> ((Route) row.get()[0]).name()).distinct())
                .containsExactlyInAnyOrderElementsOf(
                        Contract.SERVED.operations().stream()
                                .map(Contract.Operation::name)
                                .toList());
        assertThat(routes().map(row -> row.get()[1]).distinct())
                .containsExactlyInAnyOrder((Object[]) Who.values());
        assertThat(TRADERS.size() + ROBOTS.size() + 1).isEqualTo(Who.values().length);
    }

    @Test
    void whatWasNotTheirsIsAsItWas() throws Exception {
        assertThat(venue.get("/api/orders/" + order, victim).body().get("price").asText())
                .isEqualTo("1");
        assertThat(venue.get("/api/auth/api-keys", victim).body().get("api_keys")).hasSize(1);
    }

    @Test
    void noSpellingOfAPathLeadsToAdministrationOnThePublicListener() throws Exception {
        for (String path :
                new String[] {
                    "/api/admin/status",
                    "//api/admin/status",
                    "/api//admin/status",
                    "/api/%61dmin/status",
                    "/api/orders/..%2fadmin/status",
                    "/api/orders/../admin/status",
                    "/api/admin;x=1/status",
                    "/api/admin/status;",
                    "/API/ADMIN/STATUS",
                    "/api/orders/%2e%2e/admin/status"
                }) {
            HttpRequest request =
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + venue.port() + path))
                            .header("Authorization", "Bearer " + TRADERS.get(Who.ADMIN).token())
                            .GET()
                            .build();
            assertThat(venue.sendUnchecked(request).statusCode()).as(path).isBetween(400, 499);
        }
    }
}
