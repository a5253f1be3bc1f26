package io.outcry.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.outcry.api.TestClient.Answer;
import io.outcry.api.TestClient.Trader;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StatementExportTest {
    private static final int MORE_THAN_ANY_BUFFER = 50_000;
    private static final String FILLS = "/api/account/statements?kind=fills";
    private static final String CSV = FILLS + "&format=csv";

    @AutoClose private final TestVenue venue = TestVenue.started();
    private Trader trader;

    @BeforeEach
    void start() throws Exception {
        trader = venue.register();
    }

    @Test
    void aStatementIsSentInTheFormatAskedFor() throws Exception {
        Answer csv = venue.get(FILLS + "&format=csv&from=2026-01-01T00:00:00Z", trader);

        assertThat(csv.status()).isEqualTo(200);
        assertThat(csv.header("Content-Type")).startsWith("text/csv");
        assertThat(csv.http().body()).endsWith("FILLS,CSV\n");
    }

    @Test
    void aStatementIsAFileWithAName() throws Exception {
        assertThat(venue.get(CSV, trader).header("Content-Disposition"))
                .isEqualTo("attachment; filename=\"outcry-fills.csv\"");
        HttpRequest json =
                venue.request("/api/account/statements?kind=LEDGER", trader).GET().build();
        assertThat(venue.sendUnchecked(json).headers().firstValue("Content-Disposition"))
                .contains("attachment; filename=\"outcry-ledger.json\"");
        Answer refused = venue.get("/api/account/statements?kind=NONE", trader);
        assertThat(refused.header("Content-Disposition")).isEmpty();
    }

    @Test
    void aLongStatementArrivesWhole() throws Exception {
        venue.stores.statementRows = MORE_THAN_ANY_BUFFER;

        Answer csv = venue.get(FILLS + "&format=csv", trader);

        assertThat(csv.http().body().lines()).hasSize(MORE_THAN_ANY_BUFFER);
        assertThat(csv.http().headers().firstValue("Content-Length")).isEmpty();
    }

    @Test
    void aPartNeverPassesForTheWhole() {
        venue.stores.statementRows = MORE_THAN_ANY_BUFFER;
        venue.stores.statementBreaks = true;

        assertThatThrownBy(() -> venue.get(FILLS + "&format=csv", trader))
                .isInstanceOf(IOException.class);
    }

    @Test
    void oneAccountKeepsNobodyOut() throws Exception {
        Trader other = venue.register();
        Trader third = venue.register();
        CompletableFuture<Answer> reading;
        venue.stores.statementsMayGo = new CountDownLatch(1);
        try {
            reading = begin(trader, 1);
            assertRefused(venue.get(CSV, trader), 429, "RATE_LIMITED");

            CompletableFuture<Answer> unused = begin(other, 2);
            assertRefused(venue.get(CSV, third), 503, "OVERLOADED");
        } finally {
            venue.stores.statementsMayGo.countDown();
        }
        assertThat(reading.get(10, TimeUnit.SECONDS).status()).isEqualTo(200);
        await().until(() -> venue.get(CSV, trader).status() == 200);
    }

    /** Begins to read a statement that does not come yet. */
    private CompletableFuture<Answer> begin(Trader reader, int begunThen) {
        CompletableFuture<Answer> answer =
                CompletableFuture.supplyAsync(
                        () -> {
                            try {
                                return venue.get(CSV, reader);
                            } catch (IOException | InterruptedException e) {
                                throw new CompletionException(e);
                            }
                        },
                        task -> new Thread(task).start());
        await().until(() -> venue.stores.statementsBegun.get() == begunThen);
        return answer;
    }

    private static void assertRefused(Answer answer, int status, String code) {
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.code()).isEqualTo(code);
        assertThat(answer.header("Retry-After")).isEqualTo("2");
    }

    @Test
    void aStatementThatFailsBeforeItsFirstByteIsAProblem() throws Exception {
        venue.stores.statementBreaks = true;

        Answer answer = venue.get(FILLS, trader);

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.code()).isEqualTo("DATABASE_UNAVAILABLE");
        assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
    }
}
