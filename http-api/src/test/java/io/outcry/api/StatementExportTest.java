package io.outcry.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.outcry.api.TestClient.Answer;
import io.outcry.api.TestClient.Trader;
import java.io.IOException;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StatementExportTest {
    private static final int MORE_THAN_ANY_BUFFER = 50_000;
    private static final String FILLS = "/api/account/statements?kind=fills";

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
    void aStatementThatFailsBeforeItsFirstByteIsAProblem() throws Exception {
        venue.stores.statementBreaks = true;

        Answer answer = venue.get(FILLS, trader);

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.code()).isEqualTo("DATABASE_UNAVAILABLE");
        assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
    }
}
