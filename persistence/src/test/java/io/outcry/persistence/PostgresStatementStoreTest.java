package io.outcry.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.outcry.domain.account.AccountId;
import io.outcry.domain.event.Event;
import io.outcry.domain.instrument.Symbol;
import io.outcry.domain.order.OrderId;
import io.outcry.domain.order.Side;
import io.outcry.domain.store.Projection.Leadership;
import io.outcry.domain.store.StatementStore.Format;
import io.outcry.domain.store.StatementStore.Period;
import io.outcry.domain.store.StatementStore.Subject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;
import java.util.Random;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PostgresStatementStoreTest {
    private static final AccountId ALICE = new AccountId(1);
    private static final AccountId BOB = new AccountId(2);
    private static final Symbol AAPL = new Symbol("AAPL");

    private final Script script = new Script().instrument(AAPL).account(ALICE).account(BOB);
    private Persistence persistence;

    @BeforeEach
    void open() {
        persistence = TestDatabase.migrated().open();
        script.add(
                new Event.CashAdjusted(
                        script.next(),
                        1_700_000_000_000_000_000L,
                        ALICE,
                        Script.USD,
                        5_000,
                        "a \"gift\", from me"));
        OrderId bid = script.limit(ALICE, AAPL, Side.BUY, 10, 150, null);
        script.trade(bid, script.limit(BOB, AAPL, Side.SELL, 10, 150, null), 10);
        try (Leadership leadership = persistence.projection().tryLead().orElseThrow()) {
            leadership.write(script.take());
        }
    }

    @AfterEach
    void close() {
        persistence.close();
    }

    @Test
    void ordersFillsAndLedgerAreWrittenAsCsv() throws IOException {
        assertThat(csv(Subject.ORDERS))
                .hasSize(2)
                .element(1)
                .asString()
                .startsWith("1,,AAPL,BUY,LIMIT,GTC,FILLED,,150,,10,10,1500,-1,USD,2023-11-14T");
        assertThat(csv(Subject.FILLS))
                .hasSize(2)
                .element(1)
                .asString()
                .startsWith("1,1,AAPL,BUY,MAKER,150,10,1500,-1,USD,2023-11-14T");
        List<String> ledger = csv(Subject.LEDGER);
        assertThat(ledger).hasSize(3);
        assertThat(ledger.get(0)).startsWith("sequence,kind,trade_id,reference,currency,cash");
        assertThat(ledger.get(1))
                .contains(",CASH_ADJUSTMENT,,\"a \"\"gift\"\", from me\",USD,5000,5000,,,,");
        assertThat(ledger.get(2)).contains(",TRADE,1,,USD,-1499,3501,AAPL,10,10,");
    }

    private List<String> csv(Subject subject) throws IOException {
        String text = write(subject, Period.ALWAYS, Format.CSV);
        assertThat(text).endsWith("\r\n");
        return List.of(text.split("\r\n"));
    }

    @Test
    void theLedgerIsWrittenAsJson() throws IOException {
        String json = write(Subject.LEDGER, Period.ALWAYS, Format.JSON);
        assertThat(json)
                .startsWith("[\n{\"sequence\":\"4\",\"kind\":\"CASH_ADJUSTMENT\"")
                .contains("\"reference\":\"a \\\"gift\\\", from me\"")
                .contains("\"cash\":\"-1499\",\"cash_balance\":\"3501\"")
                .contains("\"symbol\":null")
                .endsWith("}\n]\n");
        assertThat(json.lines()).hasSize(4);
    }

    @Test
    void onlyThePeriodIsWritten() throws IOException {
        Period before = new Period(0, 1_700_000_000_000_000_000L);
        assertThat(write(Subject.LEDGER, before, Format.CSV).lines()).hasSize(1);
        assertThat(write(Subject.ORDERS, before, Format.JSON)).isEqualTo("[\n]\n");
        assertThatThrownBy(() -> new Period(2, 1)).isInstanceOf(IllegalArgumentException.class);
    }

    /** Whatever the bounds, they are those that a look at every row finds, marks or no marks. */
    @ParameterizedTest
    @CsvSource({
        "ORDERS,orders,created_at_nanos",
        "FILLS,fills,time_nanos",
        "LEDGER,ledger,time_nanos"
    })
    void aPeriodInALongHistoryIsWhatLiesInIt(Subject subject, String table, String time)
            throws IOException {
        TestDatabase database = TestDatabase.migrated();
        try (Persistence other = longHistory(database)) {
            String mine = " FROM " + table + " WHERE account_id = 1";
            long first = database.number("SELECT min(" + time + ")" + mine);
            long span = database.number("SELECT max(" + time + ")" + mine) - first;
            Random random = new Random(63);
            for (int i = 0; i < 40; i++) {
                if (i == 30) {
                    database.execute("DELETE FROM time_marks");
                }
                long from = Math.max(0, first + random.nextLong(-span / 9, span));
                Period period = new Period(from, from + random.nextLong(span / 3));
                String inPeriod =
                        String.format(
                                " AND %1$s >= %2$d AND %1$s < %3$d",
                                time, period.fromNanos(), period.toNanos());
                assertThat(write(other, subject, period))
                        .isEqualTo(database.number("SELECT count(*)" + mine + inPeriod));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"ORDER_ID,orders,created_at_nanos,order_id", "SEQUENCE,fills,time_nanos,sequence"})
    void aPeriodIsReadBetweenTheMarksNextToIt(
            TimeMarks.Key key, String table, String time, String column) throws SQLException {
        TestDatabase database = TestDatabase.migrated();
        longHistory(database).close();
        String middle = "(SELECT max(" + column + ") / 2 FROM " + table + ")";
        String behind = " FROM " + table + " WHERE " + column + " >= " + middle;
        long next = database.number("SELECT min(" + column + ")" + behind);
        long nanos = database.number("SELECT min(" + time + ")" + behind);

        try (Handle handle = Jdbi.open(database.connect())) {
            TimeMarks.Range keys = TimeMarks.find(handle, key, new Period(nanos, nanos + 1));
            assertThat(next).isBetween(keys.first(), keys.end() - 1);
            assertThat(keys.end() - keys.first()).isLessThanOrEqualTo(2_000);
        }
    }

    /** Of 12 batches in 5 partitions. */
    private static Persistence longHistory(TestDatabase database) {
        EventFlow flow = new EventFlow(62);
        Persistence stores = Persistence.open(database.settings().withSegmentEvents(2_500));
        try (Leadership leadership = stores.projection().tryLead().orElseThrow()) {
            for (int i = 0; i < 12; i++) {
                leadership.write(flow.take(1_000));
            }
        }
        return stores;
    }

    private static long write(Persistence stores, Subject subject, Period period)
            throws IOException {
        return stores.statements()
                .write(ALICE, subject, period, Format.CSV, OutputStream.nullOutputStream());
    }

    @Test
    void aLongStatementIsStreamedToASlowReaderWhoMayLeave() {
        TestDatabase database = TestDatabase.migrated();
        EventFlow flow = new EventFlow(61);
        try (Persistence other = database.open();
                Leadership leadership = other.projection().tryLead().orElseThrow()) {
            for (int i = 0; i < 80; i++) {
                leadership.write(flow.take(1_000));
            }
        }
        long rows = database.number("SELECT count(*) FROM ledger WHERE account_id = 1");

        long read = database.rowsReadBy(() -> leaveEarly(database));

        assertThat(read).isBetween(1L, rows / 3);
    }

    private static void leaveEarly(TestDatabase database) {
        try (Persistence stores = database.open()) {
            assertThatThrownBy(
                            () ->
                                    stores.statements()
                                            .write(
                                                    ALICE,
                                                    Subject.LEDGER,
                                                    Period.ALWAYS,
                                                    Format.JSON,
                                                    new LeavingReader()))
                    .isInstanceOf(IOException.class)
                    .hasMessage("the reader has left");
        }
    }

    /** After some rows. */
    private static final class LeavingReader extends OutputStream {
        private int taken;

        @Override
        public void write(int b) throws IOException {
            taken++;
            if (taken > 10_000) {
                throw new IOException("the reader has left");
            }
        }
    }

    private String write(Subject subject, Period period, Format format) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        persistence.statements().write(ALICE, subject, period, format, out);
        return out.toString(StandardCharsets.UTF_8);
    }
}
