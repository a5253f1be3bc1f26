package io.outcry.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.outcry.api.TestClient.Answer;
import io.outcry.api.TestClient.Trader;
import io.outcry.domain.store.User;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Text and numbers that PostgreSQL, Redis or the engine cannot take are the client's fault. */
@Timeout(120)
class HostileTextTest {
    /** A letter that PostgreSQL refuses, half of a pair twice, and one of four bytes. */
    private static final List<String> TEXTS =
            List.of("a\\u0000b", "a\\ud800", "\\udc00\\ud800b", "a\\ud83d\\ude00b");

    private static final List<String> BODIES =
            List.of(
                    "/api/auth/register {'username':'h-tester','email':'TEXT@b','password':'12345678'}",
                    "/api/auth/register {'username':'h-tester','email':'a@b','password':'12345678TEXT'}",
                    "/api/auth/register {'username':'h-tester2','email':'c@d','password':'12345678',"
                            + "'full_name':'TEXT'}",
                    "/api/auth/login {'username':'TEXT','password':'12345678'}",
                    "/api/auth/login {'username':'h-tester','password':'TEXT','code':'TEXT'}",
                    "/api/auth/refresh {'refresh_token':'TEXT'}",
                    "/api/auth/api-keys {'name':'TEXT','scopes':['read'],'algorithm':'HMAC_SHA256',"
                            + "'password':'correct horse battery'}",
                    "/api/auth/api-keys {'name':'k','scopes':['read'],'algorithm':'HMAC_SHA256',"
                            + "'password':'TEXT','code':'TEXT'}",
                    "/api/auth/api-keys {'name':'k','scopes':['TEXT']}",
                    "/api/auth/api-keys {'name':'k','scopes':['read'],'addresses':['TEXT']}",
                    "/api/auth/api-keys {'name':'k','scopes':['read'],'public_key':'TEXT'}",
                    "/api/auth/totp {'password':'TEXT','code':'TEXT'}",
                    "/api/auth/totp/confirm {'code':'TEXT'}",
                    "/api/auth/totp/recovery-codes {'password':'TEXT','code':'TEXT'}",
                    "/api/auth/totp/remove {'password':'TEXT','code':'TEXT'}",
                    "/api/auth/password {'password':'TEXT','new_password':'12345678'}",
                    "/api/auth/password {'password':'correct horse battery',"
                            + "'new_password':'12345678TEXT'}",
                    "/api/account/deposits {'amount':'1','reference':'TEXT'}",
                    "/api/account/deposits {'amount':'1','currency':'TEXT'}",
                    "/api/orders {'symbol':'TEXT','side':'BUY','type':'LIMIT','qty':1,'price':1}",
                    "/api/orders {'symbol':'AAPL','side':'BUY','type':'LIMIT','qty':1,'price':1,"
                            + "'client_order_id':'TEXT'}",
                    "/api/orders {'TEXT':1}",
                    "/api/orders/batch {'orders':[{'symbol':'TEXT'}]}",
                    "/api/admin/instruments {'symbol':'TEXT','currency':'USD'}",
                    "/api/admin/accounts/1/tier {'tier':'TEXT'}",
                    "/api/admin/accounts/1/adjustments {'amount':'1','reference':'TEXT'}");

    @TempDir private static Path folder;

    private static RealServers servers;
    private static RealReplica replica;
    private static Trader admin;

    @BeforeAll
    @Timeout(120) // A class's holds for its tests alone.
    static void start() throws Exception {
        assumeTrue(RealServers.available(), "the engine has not been built");
        servers = RealServers.start(folder.resolve("journal"));
        servers.startEngine();
        replica = new RealReplica(TestVenue.settings(servers.environment()));
        replica.awaitStart();
        Trader trader = replica.register();
        assertThat(replica.dependencies().users().setRole(trader.name(), User.Role.ADMIN)).isTrue();
        String signIn =
                "{\"username\":\"%s\",\"password\":\"%s\"}"
                        .formatted(trader.name(), TestClient.PASSWORD);
        String token =
                replica.post("/api/auth/login", null, signIn).body().get("access_token").asText();
        admin = new Trader(trader.name(), token);
    }

    @AfterAll
    static void stop() throws Exception {
        if (servers != null) {
            replica.close();
            servers.close();
        }
    }

    static Stream<String> bodies() {
        return BODIES.stream()
                .flatMap(body -> TEXTS.stream().map(text -> body.replace("TEXT", text)))
                .map(body -> body.replace('\'', '"'));
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void noTextMakesTheServerFail(String request) throws Exception {
        int space = request.indexOf(' ');
        HttpRequest.BodyPublisher body = BodyPublishers.ofString(request.substring(space + 1));

        Answer answer =
                replica.send(
                        to(request.substring(0, space))
                                .header("Content-Type", "application/json")
                                .POST(body)
                                .build());

        assertThat(answer.status()).as(answer.http().body()).isLessThan(500);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/orders?cursor=0",
                "/api/orders?cursor=AAAA",
                "/api/orders?cursor=%00",
                "/api/orders?cursor=orders-9223372036854775807",
                "/api/orders?limit=-9223372036854775809",
                "/api/orders?limit=1e999",
                "/api/orders?limit=%D9%A1",
                "/api/orders?status=%00",
                "/api/orders?symbol=%00",
                "/api/orders?symbol=%ED%A0%80",
                "/api/orders?symbol=%FF%FE",
                "/api/orders?%00=1",
                "/api/orders?&&=&symbol",
                "/api/orders/9223372036854775807",
                "/api/orders/0",
                "/api/orders/%00",
                "/api/orders/by-client-id/%00",
                "/api/orders/by-client-id/%ED%A0%80",
                "/api/fills?cursor=-1",
                "/api/account/ledger?cursor=99999999999999999999",
                "/api/account/statements?kind=fills&from=0000-01-01T00:00:00Z",
                "/api/account/statements?kind=fills&to=2261-12-31T23:59:59.999999999Z",
                "/api/account/statements?kind=fills&to=%2B999999999-12-31T23:59:59Z",
                "/api/portfolio/summary?currency=%00",
                "/api/market/%00/book",
                "/api/market/AAPL/book?depth=2147483648",
                "/api/market/AAPL/trades?limit=-1",
                "/api/market/AAPL/candles?interval=%00",
                "/api/market/AAPL/candles?cursor=-9223372036854775808",
                "/api/market/AAPL/candles?cursor=9223372036854775807",
                "/api/admin/audit?action=%00",
                "/api/admin/audit?action=%ED%A0%80",
                "/api/admin/audit?cursor=0",
                "/api/admin/audit?cursor=-1",
                "/api/admin/audit?cursor=9223372036854775808",
                "/api/admin/audit?limit=0",
                "/api/admin/accounts/%00",
                "/api/admin/accounts/9223372036854775807",
                "/docs/%00",
                "/docs/..%2f..%2fetc"
            })
    void noTargetMakesTheServerFail(String target) throws Exception {
        Answer answer = replica.send(to(target).GET().build());

        assertThat(answer.status()).as(answer.http().body()).isLessThan(500);
    }

    private static HttpRequest.Builder to(String target) {
        int port = target.startsWith("/api/admin/") ? replica.adminPort() : replica.port();
        return replica.request(target, admin).uri(URI.create("http://127.0.0.1:" + port + target));
    }
}
